const { app, BrowserWindow } = require('electron')

/** An empty window; the driver loads the screens into it. */
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 900, height: 600, useContentSize: true })
  window.loadURL('about:blank')
})

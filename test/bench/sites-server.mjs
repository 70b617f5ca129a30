import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'

/** Started by `sites.mjs` with the folder of its key and certificates: lets in whoever has a certificate of its root. */
const read = (name) => readFileSync(join(process.argv[2], name))
const options = { key: read('server.key'), cert: read('server.pem'), ca: read('root.pem') }
const server = createServer({ ...options, requestCert: true, rejectUnauthorized: false }, (request, response) => {
  response.statusCode = request.socket.authorized ? 200 : 403
  response.end('answered')
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))

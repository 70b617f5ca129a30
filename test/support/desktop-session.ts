import { earlierEnvironment } from './earlier-data'

/** What is done with an installed package on a `CleanDebian`, as a shell script for its ordinary user. */

/** Where 0.1.0 left its data, and where the window may run unattended (`main/throw-away-home.ts`). */
export const earlierHome = '/home/ada/earlier'
const home = '/home/ada/trial'

const variables = Object.entries({ ...earlierEnvironment, LATCHKEY_HOME: earlierHome })
/** The command on what 0.1.0 left. */
export const withEarlierData = `${variables.map(([name, value]) => `${name}='${value}'`).join(' ')} latchkey`

/** What it takes besides the package: a screen, a message bus and a keyring, as a desktop has them. */
export const desktopPackages = 'dbus gnome-keyring xvfb x11-utils'

const session = (steps: string) => `
set -e
mkdir -p ${home}/run
chmod 700 ${home}/run
export HOME=${home} XDG_RUNTIME_DIR=${home}/run
printf %s "$HOME" > "$HOME/.latchkey-throw-away-home"
cd "$HOME"
mkfifo screen
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3> screen 2> /dev/null &
read -r number < screen
rm screen
export DISPLAY=":$number"
cat > steps << 'END'
printf session | gnome-keyring-daemon --unlock --components=secrets > /dev/null
${steps}
END
exec dbus-run-session -- sh -e steps`

/** Uses the command, looks at the window and its sandbox while it walks the practice journey, and uses the command again. */
export const useBoth = session(`
id -un
command -v latchkey
latchkey request 'Ada Lovelace' -o ada.csr
/opt/Latchkey/latchkey-desktop --guided-lab > lab 2> /dev/null &
window=$!
until xwininfo -name Latchkey > /dev/null 2>&1; do kill -0 $window; sleep 0.2; done
echo "window seen"
until test -s renderers; do
  kill -0 $window
  for process in /proc/[0-9]*; do
    if tr '\\0' ' ' < $process/cmdline 2> /dev/null | grep -q -- ' --type=renderer'; then
      echo "renderer: $(grep -c '^NSpid:.*[0-9].*[[:space:]][0-9]' $process/status) $(grep '^Seccomp:' $process/status | tr -d '[:space:]')" >> renderers
    fi
  done
  sleep 0.2
done
cat renderers
wait $window
tail -n 1 lab
latchkey list
latchkey diagnostics`)

/** Every file of the user, with its content and mode. */
export const dataOf = (folder: string) =>
  `cd ${folder} && find . -type f -not -path './.cache/*' -not -path './run/*' -printf '%m %p\\n' -exec sha256sum {} + | sort`

/** Programs and libraries of the package that are linked to something that is not there. */
export const unresolved =
  "find /opt/Latchkey -type f \\( -perm -u+x -o -name '*.node' -o -name '*.so*' \\) -exec ldd {} + 2> /dev/null | grep 'not found'"

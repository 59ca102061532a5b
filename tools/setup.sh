#!/usr/bin/env bash
# Sets a checkout up; called by the Makefile.
#   tools/setup.sh system [test]                 system packages on Debian and Ubuntu, only when something is missing
#   tools/setup.sh environment PYTHON DIR WHAT   virtual environment DIR with WHAT ('.' or '.[dev]') installed editable
set -euo pipefail

# Shared library -> Debian package. Asking for the library instead of the package also finds renamed packages (…t64).
qt_offscreen='libglib-2.0.so.0=libglib2.0-0 libGL.so.1=libgl1 libEGL.so.1=libegl1 libxkbcommon.so.0=libxkbcommon0
  libfontconfig.so.1=libfontconfig1 libdbus-1.so.3=libdbus-1-3'
qt_window='libxcb-cursor.so.0=libxcb-cursor0 libxkbcommon-x11.so.0=libxkbcommon-x11-0 libxcb-icccm.so.4=libxcb-icccm4
  libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0'

# Program -> Debian package.
foreign='git=git node=nodejs nft=nftables ip=iproute2 iptables-restore=iptables squid=squid rsvg-convert=librsvg2-bin chromium=chromium qpdf=qpdf
  Xvfb=xvfb xdotool=xdotool dbus-daemon=dbus-daemon at-spi-bus-launcher=at-spi2-core'

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# Prints the Debian packages of the given "library=package" pairs whose library the loader does not know.
missing_libraries() {
  local known pair
  known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
  for pair in "$@"; do
    [[ $known == *"${pair%%=*} "* ]] || echo "${pair#*=}"
  done
}

# Installs the packages as root; anyone else is told the command. Fails when they are still missing.
apt_install() { # reason, packages…
  local reason=$1; shift
  if [ "$(id -u)" -ne 0 ]; then
    say "$reason; install it with: sudo apt-get install --no-install-recommends $*"
    return 1
  fi
  say "$reason; installing $*"
  export DEBIAN_FRONTEND=noninteractive
  if ! { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"; } </dev/null >/dev/null; then
    say "That failed; when the package mirror answers again, run: apt-get install --no-install-recommends $*"
    return 1
  fi
}

system() { # [test]
  command -v apt-get >/dev/null || return 0 # elsewhere the desktop brings what Qt needs
  local packages=() reason="The designer needs system libraries that are missing"
  # shellcheck disable=SC2086  # the lists are meant to be split
  if [ "${1:-}" = test ]; then
    reason="The tests need system packages that are missing"
    mapfile -t packages < <(missing_libraries $qt_offscreen)
    command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || packages+=(poppler-utils)
    # Programs that read our exports back. Tests without theirs are skipped, so only continuous integration, whose
    # machine is nobody's, gets them: squid for one starts a service.
    if [ -n "${CI:-}" ]; then
      mapfile -t -O ${#packages[@]} packages < <(missing_libraries $qt_window) # for the test of the real window
      for pair in $foreign; do
        PATH="$PATH:/sbin:/usr/sbin:/usr/libexec" command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
      done
    fi
  else
    mapfile -t packages < <(missing_libraries $qt_offscreen $qt_window)
  fi
  [ ${#packages[@]} -eq 0 ] || apt_install "$reason" "${packages[@]}" || true
}

environment() { # PYTHON DIR WHAT
  local python=$1 dir=$2 what=$3
  command -v "$python" >/dev/null ||
    stop "There is no $python; install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12"
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$("$python" --version) is too old for Portchart; name Python 3.11 or newer: make PYTHON=/path/to/python3.12"
  if ! "$dir/bin/python" -m pip --version >/dev/null 2>&1; then # none yet, half made, or its Python has gone
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      command -v apt-get >/dev/null || stop "$python cannot make virtual environments: its venv module is missing"
      apt_install "$python cannot make virtual environments" python3-venv || exit 1
    fi
    say "Making the virtual environment $dir"
    "$python" -m venv --clear "$dir"
  fi
  say "Installing Portchart and what it needs into $dir"
  "$dir/bin/python" -m pip install --quiet --no-input --editable "$what" </dev/null
}

cd "$(dirname "$0")/.."
case "${1:-}" in
  system) system "${2:-}" ;;
  environment) environment "$2" "$3" "$4" ;;
  *) stop "usage: tools/setup.sh system [test] | environment PYTHON DIR WHAT" ;;
esac

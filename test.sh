#!/usr/bin/env bash
# Builds CashlessGateway and runs all its tests against a PostgreSQL server of its own.
# The last line printed is "N passed, N failed, N skipped".
set -euo pipefail
set +m
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

solution=CashlessGateway.sln
work=''        # temporary directory of this run
pg_work=''     # temporary directory of the server; inside work where that is possible
pg_bin=''      # directory of initdb, postgres, pg_ctl, pg_isready
pg_user=''     # OS user the server runs as
pg_data=''     # data directory, set once a server may be running in it
group=''       # process group of the build or test command under way
filter=''

usage() {
  cat <<'EOF'
Usage: ./test.sh [--long] [--filter EXPR]

  --long          run the fuzz, soak and storm tests in full (sets CASHLESS_TEST_LONG=1)
  --filter EXPR   run only the tests that match, as in: dotnet test --filter EXPR

Environment:
  CASHLESS_TEST_POSTGRES  connection string of a PostgreSQL server to use; when it is set,
                          no server is installed or started
  CASHLESS_TEST_PG_BIN    directory of the PostgreSQL server binaries, when they are not in a usual place
  CASHLESS_TEST_CHROMIUM  a Chromium to use, when it is not in a usual place
  CASHLESS_TEST_PICTURES  a folder for pictures of the screens
  CI=true                 a missing PostgreSQL, node or Chromium is an error, not a reason to skip
EOF
}

say() { printf '%s\n' "$*"; }
die() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }
in_ci() { [[ "${CI:-}" == true || "${CI:-}" == 1 ]]; }

# ---------------------------------------------------------------- cleaning up

# Ends what is left of a process group that this script started.
end_group() {
  local pgid="$1" i
  kill -TERM -- "-$pgid" 2>/dev/null || return 0
  for ((i = 0; i < 50; i++)); do
    kill -0 -- "-$pgid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$pgid" 2>/dev/null || true
}

# Stops the server that runs in our data directory: pg_ctl reads its process id from there, so a server that a
# test has started anew in the same directory is stopped too, and no other one.
stop_postgres() {
  [[ -n "$pg_data" ]] || return 0
  local mode pid=''
  for mode in fast immediate; do
    as_pg "$pg_bin/pg_ctl" status -D "$pg_data" >/dev/null 2>&1 || break
    as_pg "$pg_bin/pg_ctl" stop -D "$pg_data" -m "$mode" -w -t 15 >/dev/null 2>&1 || true
  done
  if as_pg "$pg_bin/pg_ctl" status -D "$pg_data" >/dev/null 2>&1; then
    read -r pid <"$pg_data/postmaster.pid" || true
    if [[ "$pid" =~ ^[0-9]+$ ]]; then
      kill -KILL "$pid" 2>/dev/null || true
      sleep 1 # its children notice and end by themselves
    fi
  fi
  pg_data=''
}

remove_directory() {
  [[ -n "$1" ]] || return 0
  rm -rf -- "$1" 2>/dev/null || { sleep 1; rm -rf -- "$1" 2>/dev/null || true; }
}

clean_up() {
  trap '' INT TERM HUP
  if [[ -n "$group" ]]; then
    end_group "$group"
    group=''
  fi
  stop_postgres
  remove_directory "$pg_work"
  remove_directory "$work"
  pg_work=''
  work=''
}

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Runs a command in a process group of its own and waits for it. A signal to this script is then acted upon at
# once, and clean_up can end the whole group. The default signal handling is put back because bash lets
# background commands ignore SIGINT, and a test may want to send one to a process that it starts.
run_in_group() {
  local rc=0
  setsid env --default-signal=INT,QUIT "$@" </dev/null &
  group=$!
  wait "$group" || rc=$?
  end_group "$group" # what a test may have left running
  group=''
  return "$rc"
}

# ---------------------------------------------------------------- PostgreSQL

has_pg_binaries() {
  local tool
  for tool in initdb postgres pg_ctl pg_isready; do
    [[ -x "$1/$tool" ]] || return 1
  done
}

# Sets pg_bin: version 15 where there is one, else the newest installed.
find_postgres() {
  local dir tool
  pg_bin=''
  if [[ -n "${CASHLESS_TEST_PG_BIN:-}" ]]; then
    has_pg_binaries "$CASHLESS_TEST_PG_BIN" || die "CASHLESS_TEST_PG_BIN is set, but initdb, postgres, pg_ctl and pg_isready are not all in that directory."
    pg_bin="$CASHLESS_TEST_PG_BIN"
    return 0
  fi
  if has_pg_binaries /usr/lib/postgresql/15/bin; then
    pg_bin=/usr/lib/postgresql/15/bin
    return 0
  fi
  while IFS= read -r dir; do
    if has_pg_binaries "$dir"; then
      pg_bin="$dir"
      return 0
    fi
  done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV)
  if tool="$(command -v initdb)"; then
    dir="$(dirname -- "$(readlink -f -- "$tool")")"
    if has_pg_binaries "$dir"; then
      pg_bin="$dir"
      return 0
    fi
  fi
  return 1
}

# Runs a command as root. Asks for a password only where somebody can type one.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif [[ -t 0 ]] && ! in_ci; then
    sudo "$@"
  else
    sudo -n "$@"
  fi
}

can_be_root() {
  ((EUID == 0)) && return 0
  command -v sudo >/dev/null 2>&1 || return 1
  if [[ -t 0 ]] && ! in_ci; then
    sudo -v
  else
    sudo -n true 2>/dev/null
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

apt_install_postgres() {
  local package policy conf=/etc/postgresql-common/createcluster.conf
  apt update || return 1
  package=postgresql
  policy="$(LC_ALL=C apt-cache policy postgresql-15 2>/dev/null || true)"
  if [[ "$policy" == *'Candidate: '[0-9]* ]]; then
    package=postgresql-15
  fi
  # The tests bring their own cluster: keep the package from creating and starting one.
  if [[ ! -e "$conf" ]]; then
    as_root mkdir -p "$(dirname "$conf")" || return 1
    printf '%s\n' 'create_main_cluster = false' | as_root tee "$conf" >/dev/null || return 1
  fi
  apt install --no-install-recommends "$package"
}

# Returns 1 when there is no PostgreSQL and the tests have to go without.
install_postgres() {
  local why='it cannot be installed without root or sudo' attempt
  if ! command -v apt-get >/dev/null 2>&1; then
    why='it cannot be installed here because there is no apt-get'
  elif can_be_root; then
    for attempt in 1 2; do
      say "Installing PostgreSQL (attempt $attempt) ..."
      if apt_install_postgres && find_postgres; then
        return 0
      fi
      sleep 2
    done
    why='its installation with apt-get failed'
  fi
  in_ci && die "PostgreSQL is missing and $why; the tests need it."
  say "PostgreSQL is missing and $why; the PostgreSQL tests will be skipped."
  return 1
}

# Runs a command as the server's OS user, in a directory that this user may enter and in the C locale.
as_pg() {
  (
    cd / || exit 1
    export LC_ALL=C
    if ((EUID != 0)); then
      exec "$@"
    elif command -v runuser >/dev/null 2>&1; then
      exec runuser -u "$pg_user" -- "$@"
    else
      exec setpriv --reuid "$pg_user" --regid "$(id -g "$pg_user")" --init-groups -- "$@"
    fi
  )
}

# A free port below the range from which the system takes ports for outgoing connections.
pick_port() {
  local port i
  for ((i = 0; i < 100; i++)); do
    port=$((20000 + (RANDOM % 10000)))
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  return 1
}

start_postgres() {
  local port attempt i data
  if ((EUID == 0)); then
    # PostgreSQL refuses to run as root.
    pg_user=nobody
    if id -u postgres >/dev/null 2>&1; then
      pg_user=postgres
    fi
  else
    pg_user="$(id -un)" || die 'the user that runs the tests has no name, so PostgreSQL cannot run as this user.'
  fi

  # A path that is too long for a socket, or that the server's user cannot reach, gives way to /tmp.
  if ((${#work} <= 70)) && as_pg test -x "$work"; then
    pg_work="$work/pg"
    mkdir -m 700 "$pg_work"
  else
    pg_work="$(mktemp -d /tmp/cashless-test.XXXXXX)"
  fi
  if ((EUID == 0)); then
    chown "$pg_user:$(id -gn "$pg_user")" "$pg_work"
  fi
  data="$pg_work/data"
  as_pg mkdir -m 700 "$pg_work/socket"

  as_pg "$pg_bin/initdb" --auth=trust -U cashless --encoding=UTF8 --locale=C -D "$data" >"$work/initdb.log" 2>&1 || {
    cat "$work/initdb.log" >&2
    die 'initdb failed.'
  }
  pg_data="$data"

  # All settings are in the file, so that a test can restart the server with nothing but the data directory.
  for attempt in 1 2 3 4 5; do
    port="$(pick_port)" || die 'no free port was found for PostgreSQL.'
    as_pg tee "$data/postgresql.auto.conf" >/dev/null <<EOF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$pg_work/socket'
max_connections = 200
shared_buffers = 128MB
fsync = on
synchronous_commit = on
full_page_writes = on
min_wal_size = 32MB
max_wal_size = 128MB
max_wal_senders = 0
timezone = 'UTC'
log_timezone = 'UTC'
EOF
    as_pg "$pg_bin/pg_ctl" start -w -t 60 -s -D "$data" -l "$pg_work/server.log" </dev/null >/dev/null 2>&1 || true
    for ((i = 0; i < 100; i++)); do
      as_pg "$pg_bin/pg_ctl" status -D "$data" >/dev/null 2>&1 || break # it has ended
      # Our server answers on its socket too, somebody else's on the same port does not.
      if "$pg_bin/pg_isready" -q -h 127.0.0.1 -p "$port" && "$pg_bin/pg_isready" -q -h "$pg_work/socket" -p "$port"; then
        export CASHLESS_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=cashless;Database=postgres;Pooling=true;Maximum Pool Size=50"
        export CASHLESS_TEST_PG_BIN="$pg_bin" CASHLESS_TEST_PG_DATA="$data" CASHLESS_TEST_PG_USER="$pg_user"
        say "$("$pg_bin/postgres" --version) runs on 127.0.0.1:$port as $pg_user."
        return 0
      fi
      sleep 0.2
    done
    grep -q 'could not bind' "$pg_work/server.log" || break
  done
  tail -n 20 "$pg_work/server.log" >&2 || true
  die 'the PostgreSQL server for the tests did not start.'
}

# ---------------------------------------------------------------- node

# Whether node 18 or later and npm are there.
has_node() {
  local version
  command -v npm >/dev/null 2>&1 || return 1
  version="$(node --version 2>/dev/null)" || return 1
  [[ "$version" =~ ^v([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 18))
}

apt_install_node() {
  apt update && apt install --no-install-recommends nodejs npm
}

# Returns 1 when there is no node and the tests have to go without.
install_node() {
  local why='they cannot be installed without root or sudo' attempt
  if ! command -v apt-get >/dev/null 2>&1; then
    why='they cannot be installed here because there is no apt-get'
  elif can_be_root; then
    for attempt in 1 2; do
      say "Installing node and npm (attempt $attempt) ..."
      if apt_install_node && has_node; then
        return 0
      fi
      sleep 2
    done
    why='their installation with apt-get failed or gave an older one'
  fi
  in_ci && die "node 18 or later and npm are missing and $why; the tests need them to read back drawn symbols."
  say "node 18 or later and npm are missing and $why; the tests that read back drawn symbols will be skipped."
  return 1
}

# npm writes its own list of what is installed last, so a broken-off installation is done again.
install_decoder() {
  local attempt
  [[ tests/decoder/node_modules/.package-lock.json -nt tests/decoder/package-lock.json ]] && return 0
  for attempt in 1 2; do
    say 'Installing the decoder of drawn symbols ...'
    if run_in_group npm ci --prefix tests/decoder --loglevel=error --no-audit --no-fund --ignore-scripts; then
      return 0
    fi
    sleep 2
  done
  in_ci && die 'npm ci in tests/decoder failed; the tests need it to read back drawn symbols.'
  say 'npm ci in tests/decoder failed; the tests that read back drawn symbols will be skipped.'
}

# ---------------------------------------------------------------- Chromium

has_chromium() {
  [[ -x "${CASHLESS_TEST_CHROMIUM:-/usr/bin/chromium}" ]] && fc-list :lang=ja 2>/dev/null | grep -q .
}

apt_install_chromium() {
  apt update && apt install --no-install-recommends chromium fonts-noto-cjk fontconfig
}

# Returns 1 when there is no Chromium with a Japanese font and the tests have to go without.
install_chromium() {
  local why='they cannot be installed without root or sudo' attempt
  if ! command -v apt-get >/dev/null 2>&1; then
    why='they cannot be installed here because there is no apt-get'
  elif can_be_root; then
    for attempt in 1 2; do
      say "Installing Chromium and a Japanese font (attempt $attempt) ..."
      if apt_install_chromium && has_chromium; then
        return 0
      fi
      sleep 2
    done
    why='their installation with apt-get failed'
  fi
  in_ci && die "Chromium or a Japanese font is missing and $why; the tests need them to look at the screens."
  say "Chromium or a Japanese font is missing and $why; tests of the screens may be skipped."
  return 1
}

# ---------------------------------------------------------------- results

passed=0 failed=0 skipped=0
failures=()

add_failure() {
  failed=$((failed + 1))
  failures+=("$1")
}

# Value of one attribute in an XML start tag; 0 when it is not there.
counter() {
  if [[ "$1" =~ [[:space:]]"$2"=\"([0-9]+)\" ]]; then
    printf '%s\n' "${BASH_REMATCH[1]}"
  else
    printf '0\n'
  fi
}

# Adds up one trx file; skipped tests are in total, but not in executed (notExecuted stays 0).
# $1 project name, $2 trx file, $3 exit code of the test run
add_results() {
  local name="$1" trx="$2" rc="$3" counters bad total executed test
  counters="$(grep -o -m1 '<Counters [^>]*' "$trx" 2>/dev/null || true)"
  if [[ -z "$counters" ]]; then
    add_failure "$name: the test run ended without results (exit code $rc)"
    return 0
  fi
  total="$(counter "$counters" total)"
  executed="$(counter "$counters" executed)"
  bad=$(($(counter "$counters" failed) + $(counter "$counters" error) + $(counter "$counters" timeout) + $(counter "$counters" aborted)))
  passed=$((passed + $(counter "$counters" passed)))
  failed=$((failed + bad))
  skipped=$((skipped + total - executed))
  while IFS= read -r test; do
    failures+=("$test")
  done < <(grep -E '<UnitTestResult .*outcome="(Failed|Error|Timeout|Aborted)"' "$trx" |
    sed -E 's/.* testName="([^"]*)".*/\1/; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&apos;/'\''/g; s/&amp;/\&/g')
  if ((rc != 0)) && { ((bad == 0)) || grep -q 'Catastrophic failure' "$trx"; }; then
    add_failure "$name: the test run broke off (exit code $rc)"
  elif ((total == 0)) && [[ -z "$filter" ]]; then
    add_failure "$name: no tests were found in this project"
  fi
}

# ---------------------------------------------------------------- the run

while (($# > 0)); do
  case "$1" in
    --long) export CASHLESS_TEST_LONG=1 ;;
    --filter)
      [[ $# -ge 2 && -n "$2" ]] || { usage >&2; exit 2; }
      filter="$2"
      shift
      ;;
    --filter=?*) filter="${1#--filter=}" ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

# The browser is the system's own.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No build server may outlive this run and hold its output open.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

work="$(mktemp -d "${TMPDIR:-/tmp}/cashless-test.XXXXXX")"
chmod 711 "$work"
mkdir "$work/results"
mkdir -m 1777 "$work/tmp" # temporary files of the tests, removed with the rest
if [[ -z "${HOME:-}" ]]; then
  export HOME="$work/home"
  mkdir "$HOME"
fi

command -v dotnet >/dev/null 2>&1 || die 'dotnet is missing; install the .NET SDK 10.'
sdk="$(dotnet --version 2>/dev/null || true)"
[[ "$sdk" == 10.* ]] || die 'there is no .NET SDK 10 that suits global.json; install the .NET SDK 10.'
say ".NET SDK $sdk"

if [[ -n "${CASHLESS_TEST_POSTGRES:-}" ]]; then
  say 'The PostgreSQL server of CASHLESS_TEST_POSTGRES is used.'
elif find_postgres || install_postgres; then
  # Settings of the caller's own PostgreSQL must not reach this server or its clients.
  unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGOPTIONS PGDATA PGSSLMODE PGTZ PGCLIENTENCODING
  start_postgres
fi

if has_node || install_node; then
  install_decoder
fi

has_chromium || install_chromium || true

projects=()
while IFS= read -r project; do
  if grep -Eqi '<IsTestProject>[[:space:]]*true[[:space:]]*</IsTestProject>' "$project"; then
    projects+=("$project")
  fi
done < <(find tests -mindepth 2 -name '*.csproj' -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null | LC_ALL=C sort)

say "Building $solution ..."
build=(dotnet build -c Release --nologo -v q --disable-build-servers)
solution_built=true
run_in_group "${build[@]}" "$solution" || solution_built=false

unbuilt=0
for project in ${projects[@]+"${projects[@]}"}; do
  name="$(basename "$project" .csproj)"
  say ''
  say "== $name"
  if ! grep -qF "\"${project//\//\\}\"" "$solution"; then
    add_failure "$name: the project is not in $solution"
    continue
  fi
  # After a failed build the projects are built one by one: those that can be are tested, and no older binary is.
  if [[ "$solution_built" == false ]] && ! run_in_group "${build[@]}" "$project"; then
    unbuilt=$((unbuilt + 1))
    add_failure "$name: the project did not build"
    continue
  fi
  arguments=(--no-build -c Release --logger "trx;LogFileName=$name.trx" --results-directory "$work/results")
  if [[ -n "$filter" ]]; then
    arguments+=(--filter "$filter")
  fi
  rc=0
  run_in_group env TMPDIR="$work/tmp" dotnet test "$project" "${arguments[@]}" || rc=$?
  add_results "$name" "$work/results/$name.trx" "$rc"
done
if [[ "$solution_built" == false ]] && ((unbuilt == 0)); then
  add_failure "$solution: a project other than the test projects did not build"
fi

clean_up

say ''
if ((${#failures[@]} > 0)); then
  say 'Failed:'
  printf '  %s\n' "${failures[@]}"
fi
result=0
if ((failed > 0)); then
  result=1
elif ((passed == 0)); then
  say 'No test ran.'
  result=1
fi
say "$passed passed, $failed failed, $skipped skipped"
exit "$result"

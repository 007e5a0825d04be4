#!/usr/bin/env bash
# Unpacks Oracle's MySQL server (Debian's unstable suite has it) into a folder, without installing anything; once. Root is not
# needed. It runs through its own loader and libraries, so the machine's are neither used nor changed.
set -euo pipefail
base=${KAKEIBO_MYSQL:-${XDG_CACHE_HOME:-$HOME/.cache}/kakeibo-mysql}
root=$base/root
[ ! -e "$base/.ready" ] || exit 0

# The mirror that apt uses here already; it names none before its first update.
mirror_of_apt() {
  apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/*$'
}
mirror=$(mirror_of_apt) || { apt-get -qq update && mirror=$(mirror_of_apt); }
apt=$base/apt
mkdir -p "$apt"/state/lists/partial "$apt"/cache/archives/partial "$base/bin"
: >>"$apt/state/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$apt/sid.list"
options=(
  -o Dir::Etc::sourcelist="$apt/sid.list" -o Dir::Etc::sourceparts=/dev/null
  -o Dir::State="$apt/state" -o Dir::State::status="$apt/state/status" -o Dir::Cache="$apt/cache"
  -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Languages=none
  -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1
)
apt-get -qq "${options[@]}" update 2> >(grep -v /var/cache/apt >&2)
# Nothing counts as installed, so everything that the server needs comes along.
apt-get -qq "${options[@]}" -y --no-install-recommends --download-only install mysql-server-core >/dev/null
rm -rf "$root"
mkdir -p "$root"
for package in "$apt"/cache/archives/*.deb; do
  case ${package##*/} in perl* | libperl* | libdb5* | gcc-* | debconf* | dpkg_*) continue ;; esac
  dpkg-deb -x "$package" "$root"
done
cat >"$base/bin/mysqld" <<END
#!/bin/sh
exec $root/usr/lib64/ld-linux-x86-64.so.2 --library-path $root/usr/lib/x86_64-linux-gnu --argv0 mysqld $root/usr/sbin/mysqld "\$@"
END
chmod +x "$base/bin/mysqld"
rm -rf "$apt"
"$base/bin/mysqld" --no-defaults --version
touch "$base/.ready"

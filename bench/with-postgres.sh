# Sourced by what measures waxseal serve beside PostgreSQL: builds both, and makes a folder for one run, "$work".
source build/need.sh

need postgresql-15
build/native.sh artifacts/native > /dev/null
dotnet build bench/Waxseal.Bench -c Release -v q --nologo > /dev/null
work=$(mktemp -d)
chmod 711 "$work" # PostgreSQL does not run as root, and its user has to come here.
trap 'rm -rf "$work"' EXIT

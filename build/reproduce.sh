#!/usr/bin/env bash
# Builds the committed state in two folders and compares the assemblies and the native executable byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for folder in one another/and/deeper; do
    git clone -q . "$work/$folder"
    (cd "$work/$folder" && CI=true build/native.sh out) < /dev/null
done

checksums() {
    (cd "$work/$1" && find out artifacts/bin/Waxseal*/release* -type f \( -name '[wW]axseal*.dll' -o -name waxseal \) -exec sha256sum {} + | sort -k 2)
}
checksums one | tee "$work/sums"
diff "$work/sums" <(checksums another/and/deeper)
echo "both folders gave the same $(wc -l < "$work/sums") files"

# To be sourced: need PACKAGE... makes sure that Debian packages are there, and says why when they cannot be.
need() {
    local missing=() package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) == installed ]] || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] && return 0

    if [[ $(id -u) -ne 0 ]]; then
        echo "missing: ${missing[*]}; only root may install them (apt-get install ${missing[*]})" >&2
        return 1
    fi
    echo "installing: ${missing[*]}; services among them are not started"
    (
        # Packages ask this program before they start a service; 101 is no (invoke-rc.d(8)). One that is there already is kept.
        policy=/usr/sbin/policy-rc.d
        if [[ ! -e $policy ]]; then
            trap 'rm -f "$policy"' EXIT
            printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" || exit 1
        fi
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
    )
}

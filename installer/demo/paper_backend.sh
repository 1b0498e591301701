#!/bin/sh
# A CUPS backend (backend(7)): a printer whose pages lie in a directory, to be looked at. Arguments: job user title copies
# options [file]. What is wrong with it says a file beside the pages, "trouble": a keyword of printer-state-reasons that holds
# the page up as long as it stands there, "hang" the same without a word, "fail" ends the job.
[ $# -gt 0 ] || exit 0
dir=${DEVICE_URI#paper:}
umask 077
part=$(mktemp "$dir/.page.XXXXXX") || exit 1
said=
unsay() { [ -z "$said" ] || echo "STATE: -$said" >&2; }
trap 'rm -f "$part"; unsay; exit 0' TERM
cat ${6+"$6"} >"$part"

while [ -s "$dir/trouble" ]; do
    trouble=$(cat "$dir/trouble" 2>/dev/null)
    [ "$trouble" != fail ] || { rm -f "$part"; exit 1; }
    if [ "$trouble" != "$said" ] && [ -n "$trouble" ]; then
        unsay
        said=
        [ "$trouble" = hang ] || { echo "STATE: +$trouble" >&2; said=$trouble; }
    fi
    sleep 0.1
done
unsay

number=1
while [ -e "$dir/page-$number.pdf" ]; do number=$((number + 1)); done
mv "$part" "$dir/page-$number.pdf"

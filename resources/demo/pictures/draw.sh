#!/bin/bash
# Draws the demo's sample pictures beside this script: 1280×960 JPEG, nothing in them but our own shapes.
# Needs ImageMagick. Run by hand after a change; the pictures are committed.
set -euo pipefail
cd "$(dirname "$0")"

fill() { echo "fill $1 stroke none"; }
line() { echo "fill none stroke $1 stroke-width $2 stroke-linecap round stroke-linejoin round"; }
box() { echo "rectangle $1,$2 $(($1 + $3)),$(($2 + $4))"; }
round_box() { echo "roundrectangle $1,$2 $(($1 + $3)),$(($2 + $4)) $5,$5"; }
oval() { echo "ellipse $1,$2 $3,$4 0,360"; }

# house X WIDTH TOP WALL ROOF PANE: one of the narrow houses of a street, its feet at y = 560
house() {
    local x=$1 width=$2 top=$3 y
    fill "$4"; box "$x" "$top" "$width" $((560 - top))
    fill "$5"; box $((x - 8)) $((top - 22)) $((width + 16)) 30
    for ((y = top + 46; y < 380; y += 104)); do
        fill "$6"
        box $((x + width / 6)) $y $((width / 4)) 62
        box $((x + width * 7 / 12)) $y $((width / 4)) 62
        fill "$5"; box $((x + width / 10)) $((y + 62)) $((width * 8 / 10)) 9
    done
    fill "$5"; box $((x + width / 8)) 468 $((width * 3 / 4)) 92
    fill "$6"; box $((x + width / 8)) 450 $((width * 3 / 4)) 16
}

row_of_houses() {  # PANE
    house 20 170 150 '#F3D9B1' '#B5704F' "$1"
    house 200 150 250 '#CFE3D4' '#4F8A6B' "$1"
    house 366 190 110 '#F6E7C8' '#C98B3C' "$1"
    house 574 150 220 '#D9DDEE' '#5C6BA0' "$1"
    house 742 180 140 '#F4CFC6' '#B0574A' "$1"
    house 940 140 270 '#D7E9F2' '#4A86A3' "$1"
    house 1098 170 170 '#EFE3C2' '#8E7A3E' "$1"
}

pavement() { fill "$1"; box 0 560 1280 70; fill "$2"; box 0 622 1280 14; }
road() {
    fill "$1"; box 0 636 1280 324
    fill "$2"; for x in 60 380 700 1020; do echo "polygon $x,782 $((x + 170)),782 $((x + 160)),800 $((x - 14)),800"; done
}
sun() { fill '#FFE08A'; oval 1130 120 62 62; }
cloud() {
    fill '#FFFFFF'
    oval "$1" "$2" 70 34; oval $(($1 + 54)) $(($2 - 20)) 52 38; oval $(($1 + 110)) "$2" 60 30
}
day() { fill '#CDE7F8'; box 0 0 1280 560; sun; cloud 180 100; cloud 640 70; row_of_houses '#8FB8D0'; pavement '#DAD5CB' '#B9B2A4'; }

motorbike() {  # COLOUR; drawn around its own middle
    fill '#2E3440'; oval -118 58 52 52; oval 118 58 52 52
    fill '#AEB6C2'; oval -118 58 24 24; oval 118 58 24 24
    line '#4A5364' 14; echo "path 'M 118,58 L 84,-64 L 52,-84'"
    fill "$1"; echo "path 'M -150,10 Q -140,-34 -70,-30 L -20,-28 Q 0,14 50,2 L 84,-54 L 104,-50 Q 92,34 40,52 L -70,56 Q -80,4 -150,22 Z'"
    fill '#3A4252'; echo "path 'M -140,-38 Q -70,-62 -14,-36 L -22,-22 L -136,-22 Z'"
    fill '#FFF3C4'; oval 96 -44 16 18
}

manhole() {
    day; road '#6E747E' '#E9E4D4'
    fill '#5B616B'; oval 640 792 300 112
    fill '#8C929C'; oval 640 786 276 100
    fill '#14181F'; oval 640 790 250 88
    fill '#2B3340'; echo "path 'M 404,812 Q 640,930 876,812 Q 830,876 640,878 Q 450,876 404,812 Z'"
    fill '#A3A9B3'; echo "polygon 392,778 440,722 560,702 606,744 566,782 600,820 520,862 440,838"
    line '#7B818C' 6; echo "path 'M 430,770 L 560,742 M 450,800 L 562,786 M 470,828 L 566,806'"
    fill '#A3A9B3'; echo "polygon 700,706 808,726 872,772 820,796 768,764 722,782"
    line '#7B818C' 6; echo "path 'M 730,732 L 826,762'"
    line '#3E444D' 5; echo "path 'M 350,742 L 300,716 L 262,724 M 926,830 L 986,852 L 1022,842 M 470,884 L 452,920'"
    line '#7A5230' 16; echo "path 'M 668,830 L 700,560 M 690,640 L 740,586 M 694,606 L 656,560'"
    fill '#4E9A55'; oval 706 548 40 26; oval 750 576 34 22; oval 648 550 32 22
    fill '#D7372C'; echo "path 'M 686,676 Q 740,650 784,684 Q 752,700 776,732 Q 724,712 682,728 Z'"
}

lamp_post() {  # X HEAD
    line '#56617A' 16; echo "path 'M $1,600 L $1,214 Q $1,150 $(($1 + 64)),150 L $(($1 + 120)),150'"
    fill '#56617A'; round_box $(($1 - 26)) 582 52 36 8; fill "$2"; round_box $(($1 + 92)) 140 92 30 14
}
dark_lamp() {
    fill '#16203A'; box 0 0 1280 560
    fill '#F2EFD9'; oval 1120 110 54 54; fill '#16203A'; oval 1098 98 48 48
    fill '#E8ECF8'; for star in 90,80 250,44 430,60 600,36 760,70 900,40 1010,190; do echo "circle $star ${star%,*},$((${star#*,} + 3))"; done
    row_of_houses '#E9C46A'
    echo "fill rgba(13,20,42,0.55) stroke none"; box 0 0 1280 960
    pavement '#3A4257' '#2C3345'; road '#242A3A' '#5B6274'
    echo "fill rgba(255,224,138,0.30) stroke none"; echo "polygon 232,170 316,170 470,640 60,640"
    echo "fill rgba(255,224,138,0.34) stroke none"; oval 266 660 214 44
    lamp_post 140 '#FFE08A'
    lamp_post 760 '#394157'
    line '#D7372C' 12; echo "path 'M 846,232 L 910,296 M 910,232 L 846,296'"
}

leaves() { fill "$1"; shift; while (($#)); do oval "$1" "$2" "$3" "$4"; shift 4; done; }
fallen_tree() {
    day; road '#6E747E' '#E9E4D4'
    fill '#8A5A33'; echo "path 'M 150,640 L 160,520 L 186,556 L 204,500 L 226,560 L 250,524 L 262,640 Q 206,664 150,640 Z'"
    fill '#D9A877'; echo "path 'M 160,520 L 186,556 L 204,500 L 226,560 L 250,524 L 246,566 L 166,566 Z'"
    fill '#8A5A33'; echo "path 'M 250,690 L 300,640 L 860,730 L 870,784 L 290,742 Z'"
    line '#6E4525' 6; echo "path 'M 330,672 L 560,708 M 420,716 L 700,748'"
    line '#8A5A33' 30; echo "path 'M 760,736 L 900,640 M 820,760 L 980,840 M 700,720 L 780,620'"
    leaves '#3F8750' 900 640 150 96 1030 740 170 120 960 850 150 84 780 620 96 66
    leaves '#56A567' 860 610 92 58 1000 690 116 78 1090 790 104 70 930 810 84 52
    leaves '#7DC27F' 840 596 46 28 980 664 60 36 1076 770 48 30 910 798 40 22
    fill '#56A567'; for leaf in 420,840 520,880 640,850 330,800 700,900 240,880; do oval "${leaf%,*}" "${leaf#*,}" 18 9; done
}

bag() {  # X Y SIZE COLOUR SHADE
    local s=$3
    fill "$4"; echo "path 'M $1,$(($2 - s)) Q $(($1 + s * 13 / 10)),$(($2 - s * 7 / 10)) $(($1 + s)),$2 Q $1,$(($2 + s / 5)) $(($1 - s)),$2 Q $(($1 - s * 13 / 10)),$(($2 - s * 7 / 10)) $1,$(($2 - s)) Z'"
    echo "polygon $1,$(($2 - s + 6)) $(($1 - s / 3)),$(($2 - s * 5 / 4)) $(($1 + s / 3)),$(($2 - s * 5 / 4))"
    line "$5" 6; echo "path 'M $(($1 - s / 3)),$(($2 - s * 7 / 10)) Q $(($1 - s / 2)),$(($2 - s / 3)) $(($1 - s / 3)),$(($2 - s / 8)) M $(($1 + s / 4)),$(($2 - s * 7 / 10)) Q $(($1 + s / 2)),$(($2 - s / 3)) $(($1 + s / 3)),$(($2 - s / 8))'"
}
rubbish() {
    day; road '#6E747E' '#E9E4D4'
    fill '#585E68'; oval 640 806 440 60
    fill '#C49A6C'; box 300 620 190 150; fill '#A87F52'; echo "polygon 300,620 490,620 530,584 336,584"
    line '#8F6A41' 6; echo "path 'M 395,620 L 395,770'"
    bag 820 770 150 '#2F3642' '#4B5563'
    bag 600 790 170 '#3B7A57' '#2C5F43'
    bag 980 806 110 '#E7E9EE' '#B9C0CC'
    bag 420 816 100 '#5B6BA8' '#43518A'
    bag 730 826 110 '#20252E' '#3D4654'
    bag 280 822 74 '#E7E9EE' '#B9C0CC'
    fill '#D7372C'; round_box 520 822 34 62 8; fill '#F4F6FA'; box 520 842 34 16
    fill '#62B6CB'; round_box 1080 790 40 86 10; fill '#2A6F97'; box 1090 776 20 16
    fill '#FFD166'; echo "path 'M 180,860 Q 220,820 262,862 Q 220,846 180,860 Z'"
    line '#3E444D' 5; for fly in 560,560 640,520 760,570 880,540 480,590; do echo "path 'M $((${fly%,*} - 9)),$((${fly#*,} - 6)) L ${fly%,*},${fly#*,} L $((${fly%,*} + 9)),$((${fly#*,} - 6))'"; done
}

flood() {
    fill '#A9BAC8'; box 0 0 1280 560
    fill '#8496A7'; oval 200 70 260 70; oval 620 50 320 74; oval 1060 76 280 80
    row_of_houses '#6C8AA0'
    echo "fill rgba(70,92,112,0.22) stroke none"; box 0 0 1280 960
    pavement '#B4B3AE' '#96948C'; road '#5E6670' '#8F9498'
    echo "push graphic-context translate 560,650 scale 1.3,1.3"; motorbike '#C0392B'; echo "pop graphic-context"
    fill '#C98B3C'; echo "polygon 980,600 1010,600 1046,720 944,720"; fill '#F4F6FA'; echo "polygon 968,640 1022,640 1032,676 958,676"
    echo "fill rgba(133,118,92,0.86) stroke none"
    echo "path 'M 0,690 Q 160,676 320,690 T 640,690 T 960,690 T 1280,690 L 1280,960 L 0,960 Z'"
    line '#C9BFA6' 7
    echo "path 'M 90,760 q 40,-16 80,0 t 80,0 M 380,832 q 40,-16 80,0 t 80,0 M 800,770 q 40,-16 80,0 t 80,0 M 1030,860 q 40,-16 80,0 t 80,0 M 160,900 q 40,-16 80,0 t 80,0 M 660,906 q 40,-16 80,0 t 80,0'"
    line '#DCD4BF' 6; echo "path 'M 392,712 q 170,34 340,0 M 930,716 q 66,18 132,0'"
    fill '#E7E9EE'; round_box 250 800 62 26 12
    line '#E3EDF5' 4; for ((x = 20; x < 1280; x += 62)); do echo "path 'M $x,$((x * 7 % 420 + 20)) l -16,58 M $((x + 30)),$((x * 5 % 300 + 260)) l -14,52'"; done
}

for picture in manhole:nap-cong-vo dark_lamp:den-duong-tat fallen_tree:cay-do rubbish:rac-tren-via-he flood:duong-ngap; do
    "${picture%%:*}" > .drawing.mvg
    convert -size 1280x960 xc:white -draw "$(cat .drawing.mvg)" -strip -sampling-factor 4:2:0 -quality 88 "${picture##*:}.jpg"
    rm .drawing.mvg
done

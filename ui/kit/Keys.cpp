#include "ui/kit/Keys.h"

#include <wx/event.h>

#include <array>
#include <utility>

namespace tram::kit {
namespace {

// X11 key symbols (keysymdef.h): Latin-1 stands for itself, Unicode is offset, a few older ones have numbers
// of their own.
constexpr wxUint32 kUnicodeFirst = 0x01000100, kUnicodeLast = 0x0110FFFF, kUnicodeOffset = 0x01000000;
constexpr std::array<std::pair<wxUint32, char32_t>, 13> kOthers{{{0x1E3, U'ă'},
                                                                 {0x1C3, U'Ă'},
                                                                 {0x1F0, U'đ'},
                                                                 {0x1D0, U'Đ'},
                                                                 {0xFFAA, U'*'},
                                                                 {0xFFAB, U'+'},
                                                                 {0xFFAC, U','},
                                                                 {0xFFAD, U'-'},
                                                                 {0xFFAE, U'.'},
                                                                 {0xFFAF, U'/'},
                                                                 {0xFF80, U' '},
                                                                 {0xFFBD, U'='},
                                                                 {0x20AC, U'€'}}};

char32_t fromKeySymbol(wxUint32 symbol) {
    if ((symbol >= 0x20 && symbol <= 0x7E) || (symbol >= 0xA0 && symbol <= 0xFF)) return symbol;
    if (symbol >= kUnicodeFirst && symbol <= kUnicodeLast) return symbol - kUnicodeOffset;
    if (symbol >= 0xFFB0 && symbol <= 0xFFB9) return U'0' + (symbol - 0xFFB0);
    for (const auto& [known, character] : kOthers)
        if (known == symbol) return character;
    return 0;
}

}  // namespace

char32_t characterOf(const wxKeyEvent& event) {
    if (event.ControlDown() || event.AltDown() || event.MetaDown()) return 0;
#ifdef __WXGTK__
    return fromKeySymbol(event.GetRawKeyCode());
#else
    return event.GetEventType() == wxEVT_CHAR ? static_cast<char32_t>(event.GetUnicodeKey()) : 0;
#endif
}

}  // namespace tram::kit

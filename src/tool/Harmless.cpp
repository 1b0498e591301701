#include "tool/Harmless.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace tram::tool {

std::string harmless(std::string_view text) {
    std::string shown;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        const std::int32_t begin = at;
        UChar32 character = 0;
        U8_NEXT(bytes, at, size, character);
        constexpr auto kHidden = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK |
                                 U_GC_ZL_MASK | U_GC_ZP_MASK;
        if (character < 0)
            for (auto i = begin; i < at; ++i) shown += fmt::format("\\x{:02X}", bytes[i]);
        else if (character < 0x80 && u_iscntrl(character))
            shown += fmt::format("\\x{:02X}", static_cast<unsigned>(character));
        else if (U_GET_GC_MASK(character) & kHidden)
            shown += fmt::format("\\u{{{:X}}}", static_cast<unsigned>(character));
        else
            shown.append(text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
    }
    return shown;
}

}  // namespace tram::tool

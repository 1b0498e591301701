#include "gateway/phone/PictureKind.h"

#include <string_view>

namespace tram::gateway {

using namespace std::string_view_literals;

bool beginsAsPicture(std::span<const unsigned char> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return text.starts_with("\xFF\xD8\xFF"sv) || text.starts_with("\x89PNG\r\n\x1A\n"sv) ||
           (text.starts_with("RIFF"sv) && text.substr(0, 12).ends_with("WEBP"sv));
}

}  // namespace tram::gateway

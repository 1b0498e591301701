#include "content/PlaceNames.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace tram::content {

namespace {

bool isToneMark(char16_t c) {
    return c == 0x0300 || c == 0x0301 || c == 0x0303 || c == 0x0309 || c == 0x0323;
}

icu::UnicodeString decomposed(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfd = icu::Normalizer2::getNFDInstance(status);
    const auto plain =
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    return U_SUCCESS(status) ? nfd->normalize(plain, status) : plain;
}

}  // namespace

std::string spellingKey(std::string_view name) {
    icu::UnicodeString key, tone;
    const icu::UnicodeString marks = decomposed(name).toLower(icu::Locale("vi"));
    for (int i = 0; i < marks.length(); ++i) {
        const char16_t c = marks[i];
        if (isToneMark(c)) {
            tone.append(c);
            continue;
        }
        if (c == u' ') key.append(tone), tone.remove();
        key.append(c);
    }
    std::string utf8;
    return key.append(tone).toUTF8String(utf8);
}

}  // namespace tram::content

#include "content/PlaceNames.h"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/sortkey.h>

#include <memory>

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

std::string sortKey(std::string_view name) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale("vi"), status));
    if (U_FAILURE(status)) return std::string(name);
    const auto text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
    icu::CollationKey key;
    collator->getCollationKey(text, key, status);
    int32_t length = 0;
    const uint8_t* bytes = key.getByteArray(length);
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

}  // namespace tram::content

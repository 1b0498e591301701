#include "base/VietnameseText.h"

#include <unicode/brkiter.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/sortkey.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace tram::base {
namespace {

constexpr char32_t kReplacement = 0xFFFD, kZeroWidthJoiner = 0x200D, kEmojiStyle = 0xFE0F;
/// Vietnamese needs two marks on a letter; a taller pile only draws over the neighbouring lines.
constexpr int kMaxMarks = 4;

void require(UErrorCode status, const char* what) {
    if (U_FAILURE(status)) throw std::runtime_error(what);  // ICU's data is missing: nothing can go on
}

icu::UnicodeString fromUtf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string toUtf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

using Form = const icu::Normalizer2* (*)(UErrorCode&);

icu::UnicodeString normalized(const icu::UnicodeString& text, Form form) {
    UErrorCode status = U_ZERO_ERROR;
    auto out = form(status)->normalize(text, status);
    require(status, "ICU normalisation");
    return out;
}

const icu::Normalizer2* nfc(UErrorCode& s) {
    return icu::Normalizer2::getNFCInstance(s);
}
const icu::Normalizer2* nfd(UErrorCode& s) {
    return icu::Normalizer2::getNFDInstance(s);
}
const icu::Normalizer2* nfkcFolded(UErrorCode& s) {
    return icu::Normalizer2::getNFKCCasefoldInstance(s);
}

bool has(char32_t c, UProperty property) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), property);
}
bool isPictograph(char32_t c) {
    return has(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}
bool isMark(char32_t c) {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0;
}
bool isLineBreak(char32_t c) {
    return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}
bool isBlank(char32_t c) {
    constexpr char32_t kBraillePatternBlank = 0x2800;  // a symbol by category, a blank to the eye
    return c == '\t' || u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR || c == kBraillePatternBlank;
}
bool isUnseen(char32_t c) {
    constexpr uint32_t kHidden = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kHidden) != 0 || U_IS_UNICODE_NONCHAR(c) ||
           has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// U+200D and U+FE0F carry meaning inside an emoji sequence (UTS 51) and nowhere else in our texts.
bool belongsToEmoji(std::u32string_view before, char32_t c, char32_t next) {
    if (before.empty()) return false;
    const char32_t last = before.back();
    if (c == kEmojiStyle) return has(last, UCHAR_EMOJI);
    if (c != kZeroWidthJoiner || !isPictograph(next)) return false;
    return isPictograph(last) || last == kEmojiStyle || has(last, UCHAR_EMOJI_MODIFIER);
}

/// Collects what may stay, folding blanks and line breaks as it goes.
class Cleaner {
  public:
    explicit Cleaner(bool keepLines) : keepLines_(keepLines) {}

    void add(char32_t c, char32_t next) {
        if (isLineBreak(c)) return lineBreak();
        if (isBlank(c)) return blank();
        if (isUnseen(c) && !belongsToEmoji(out_, c, next)) return;
        marks_ = isMark(c) ? marks_ + 1 : 0;
        if (marks_ > kMaxMarks) return;
        flushGap();
        out_ += c;
    }
    const std::u32string& text() const { return out_; }

  private:
    void blank() { blank_ = true; }
    void lineBreak() { keepLines_ ? void(++lines_) : blank(); }
    void flushGap() {
        if (!out_.empty() && lines_ > 0)
            out_.append(static_cast<std::size_t>(std::min(lines_, 2)), U'\n');
        else if (!out_.empty() && blank_)
            out_ += U' ';
        lines_ = 0;
        blank_ = false;
    }

    std::u32string out_;
    bool keepLines_, blank_ = false;
    int lines_ = 0, marks_ = 0;
};

/// Byte offsets after each grapheme cluster of well-formed UTF-8, until `visit` says stop.
template <class Visit>
void eachCharacterEnd(const std::string& text, Visit visit) {
    thread_local const std::unique_ptr<icu::BreakIterator> breaks = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        require(status, "ICU break rules");
        return made;
    }();
    UErrorCode status = U_ZERO_ERROR;
    UText* source = utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status);
    breaks->setText(source, status);
    require(status, "ICU text");
    breaks->first();
    for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE && visit(end);) end = breaks->next();
    utext_close(source);
}

std::string wellFormed(std::string_view text) {
    return tram::base::toUtf8(toUtf32(text));
}

}  // namespace

std::string toNfc(std::string_view text) {
    return toUtf8(normalized(fromUtf8(text), nfc));
}

std::string clean(std::string_view text, bool keepLines) {
    std::u32string input = toUtf32(toNfc(text));
    for (std::size_t i = 0; i < input.size(); ++i)
        if (input[i] == '\r') input[i] = i + 1 < input.size() && input[i + 1] == '\n' ? U'\0' : U'\n';
    Cleaner cleaner(keepLines);
    for (std::size_t i = 0; i < input.size(); ++i)
        cleaner.add(input[i], i + 1 < input.size() ? input[i + 1] : 0);
    // Again: what stood between a letter and its mark may be gone now.
    return toNfc(toUtf8(cleaner.text()));
}

std::string fold(std::string_view text) {
    const auto decomposed = normalized(normalized(fromUtf8(text), nfkcFolded), nfd);
    std::u32string out;
    bool gap = false;
    for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
        const UChar32 c = decomposed.char32At(i);
        if (U_GET_GC_MASK(c) & U_GC_M_MASK) continue;
        if (!u_isalnum(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += U' ';
        gap = false;
        out += c == 0x111 ? U'd' : static_cast<char32_t>(c);
    }
    return toUtf8(out);
}

std::string sortKey(std::string_view text) {
    static const auto collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), status));
        if (U_SUCCESS(status)) made->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
        require(status, "no Vietnamese collation");
        return made;
    }();
    UErrorCode status = U_ZERO_ERROR;
    icu::CollationKey key;
    collator->getCollationKey(fromUtf8(text), key, status);
    require(status, "no collation key");
    int32_t length = 0;
    const uint8_t* bytes = key.getByteArray(length);
    return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    eachCharacterEnd(wellFormed(text), [&](int32_t) { return ++count, true; });
    return count;
}

std::string firstCharacters(std::string_view text, std::size_t limit) {
    std::string whole = wellFormed(text);
    std::size_t count = 0, keep = 0;
    eachCharacterEnd(whole, [&](int32_t end) {
        if (count == limit) return false;
        ++count;
        keep = static_cast<std::size_t>(end);
        return true;
    });
    whole.resize(keep);
    return whole;
}

bool isUtf8(std::string_view bytes) {
    for (int32_t i = 0, size = static_cast<int32_t>(bytes.size()); i < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes.data(), i, size, point);  // negative for whatever RFC 3629 does not allow
        if (point < 0) return false;
    }
    return true;
}

std::u32string toUtf32(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), i, text.size(), c);
        out += static_cast<char32_t>(c);
    }
    return out;
}

std::string toUtf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char32_t c : text) {
        if (c > 0x10FFFF || U_IS_SURROGATE(c)) c = kReplacement;
        char bytes[U8_MAX_LENGTH];
        std::size_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, c);
        out.append(bytes, length);
    }
    return out;
}

}  // namespace tram::base

#include "ui/kit/Characters.h"

namespace tram::kit {
namespace {

constexpr char32_t kJoiner = 0x200D;

bool within(char32_t c, char32_t from, char32_t to) {
    return c >= from && c <= to;
}

bool isRegional(char32_t c) {
    return within(c, 0x1F1E6, 0x1F1FF);
}

}  // namespace

bool isLetter(char32_t c) {
    if (within(c, 'a', 'z') || within(c, 'A', 'Z')) return true;
    if (within(c, 0xC0, 0x24F)) return c != 0xD7 && c != 0xF7;
    return within(c, 0x1E00, 0x1EFF);
}

bool isBlank(char32_t c) {
    return c == ' ' || c == '\n' || c == 0xA0;
}

bool isCombining(char32_t c) {
    return within(c, 0x300, 0x36F) || within(c, 0x1AB0, 0x1AFF) || within(c, 0x20D0, 0x20FF) ||
           within(c, 0xFE00, 0xFE0F) || within(c, 0x1F3FB, 0x1F3FF);
}

bool isVisible(char32_t c) {
    if (c < ' ' || within(c, 0x7F, 0x9F) || c == 0xAD) return false;
    if (within(c, 0x200B, 0x200F) || within(c, 0x2028, 0x202E) || within(c, 0x2060, 0x206F)) return false;
    if (c == 0x61C || c == 0xFEFF || within(c, 0xD800, 0xDFFF) || within(c, 0xFFF9, 0xFFFF)) return false;
    return c <= 0x10FFFF;
}

char32_t asCode(char32_t c) {
    if (within(c, 'a', 'z')) return c - 'a' + 'A';
    if (within(c, 'A', 'Z') || within(c, '0', '9')) return c;
    return c == '-' || within(c, 0x2010, 0x2015) ? '-' : 0;
}

bool joinsBefore(std::u32string_view text, std::size_t at) {
    if (at == 0 || at >= text.size()) return false;
    if (isCombining(text[at]) || text[at] == kJoiner || text[at - 1] == kJoiner) return true;
    if (!isRegional(text[at]) || !isRegional(text[at - 1])) return false;
    std::size_t before = 0;  // flags are pairs, counted from the start of their run
    while (before < at && isRegional(text[at - 1 - before])) ++before;
    return before % 2 == 1;
}

char32_t upper(char32_t c) {
    if (within(c, 'a', 'z')) return c - 'a' + 'A';
    switch (c) {
        case U'ă':
            return U'Ă';
        case U'â':
            return U'Â';
        case U'đ':
            return U'Đ';
        case U'ê':
            return U'Ê';
        case U'ô':
            return U'Ô';
        case U'ơ':
            return U'Ơ';
        case U'ư':
            return U'Ư';
        default:
            return c;
    }
}

}  // namespace tram::kit

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <optional>

#include "base/Clock.h"
#include "base/VietnameseText.h"
#include "publish/FeedSource.h"

namespace tram::publish {

namespace {

bool isNameCharacter(char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9');
}

/// "/P class=x" → "/p"
std::string tagName(std::string_view tag) {
    std::string name;
    for (const char letter : tag) {
        const char c = 'A' <= letter && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
        if (!isNameCharacter(c) && !(c == '/' && name.empty())) break;
        name += c;
    }
    return name;
}

bool breaksLine(const std::string& tag) {
    static constexpr std::array<std::string_view, 8> kBreaks = {"br",  "/p",  "/div", "/li",
                                                                "/h1", "/h2", "/h3",  "/tr"};
    return std::ranges::find(kBreaks, tag) != kBreaks.end();
}

/// HTML 4.01 §24.2.1, from U+00C0 on: editors write Vietnamese half with these. 0 for no letter.
char32_t latinLetter(std::string_view name) {
    static constexpr std::string_view kLetters =
        "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave "
        "Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
        "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig "
        "ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute "
        "ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
    char32_t letter = 0xC0;
    for (auto rest = kLetters; !rest.empty(); ++letter) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == name) return letter;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return 0;
}

/// "#225", "#xE1", "nbsp": a character, or nothing for one that is not known.
std::u32string entity(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, char32_t>, 14> kNamed = {{{"amp", U'&'},
                                                                                      {"lt", U'<'},
                                                                                      {"gt", U'>'},
                                                                                      {"quot", U'"'},
                                                                                      {"apos", U'\''},
                                                                                      {"nbsp", U' '},
                                                                                      {"ndash", U'–'},
                                                                                      {"mdash", U'—'},
                                                                                      {"lsquo", U'‘'},
                                                                                      {"rsquo", U'’'},
                                                                                      {"ldquo", U'“'},
                                                                                      {"rdquo", U'”'},
                                                                                      {"bull", U'•'},
                                                                                      {"hellip", U'…'}}};
    for (const auto& [known, character] : kNamed)
        if (name == known) return {character};
    if (const auto letter = latinLetter(name)) return {letter};
    if (!name.starts_with('#')) return {};
    const bool hex = name.starts_with("#x") || name.starts_with("#X");
    const auto digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, wrong] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    const bool scalar = code != 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    if (wrong != std::errc() || end != digits.data() + digits.size() || !scalar) return {};
    return {static_cast<char32_t>(code)};
}

class Plain {
  public:
    explicit Plain(std::string_view html) : rest_(html) {}

    std::string text() {
        while (!rest_.empty()) {
            if (rest_.starts_with('<'))
                takeTag();
            else if (rest_.starts_with('&'))
                takeEntity();
            else
                takeText();
        }
        return base::clean(out_, true);
    }

  private:
    void takeText() {
        const auto end = std::min(rest_.find_first_of("<&"), rest_.size());
        for (const char c : rest_.substr(0, end)) out_ += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
        rest_.remove_prefix(end);
    }
    /// What only looks like one is a letter: 3 < 5.
    void takeLetter() {
        out_ += rest_.front();
        rest_.remove_prefix(1);
    }
    void takeTag() {
        const auto end = rest_.find('>');
        const auto name = tagName(rest_.substr(1, end == rest_.npos ? 0 : end - 1));
        if (rest_.starts_with("<!--")) return skipBehind("-->");
        if (name.empty()) return takeLetter();
        rest_.remove_prefix(end + 1);
        if (breaksLine(name)) out_ += '\n';
        if (name == "script" || name == "style") {
            skipBehind("</" + name);
            skipBehind(">");
        }
    }
    void takeEntity() {
        const auto end = rest_.substr(0, 12).find(';');
        const auto character = end == rest_.npos ? U"" : entity(rest_.substr(1, end - 1));
        if (character.empty()) return takeLetter();
        out_ += base::toUtf8(character);
        rest_.remove_prefix(end + 1);
    }
    void skipBehind(const std::string& mark) {
        const auto at = std::search(rest_.begin(), rest_.end(), mark.begin(), mark.end(),
                                    [](char a, char b) { return ('A' <= a && a <= 'Z' ? a + 32 : a) == b; });
        rest_.remove_prefix(
            std::min(static_cast<std::size_t>(at - rest_.begin()) + mark.size(), rest_.size()));
    }

    std::string_view rest_;
    std::string out_;
};

/// Nothing for one that is none: "+9999".
std::optional<std::chrono::minutes> zoneOf(std::string_view zone) {
    int number = 0;
    const bool sign = zone.starts_with('+') || zone.starts_with('-');
    if (!sign || zone.size() != 5) return std::chrono::minutes(0);  // GMT, UT, Z
    std::from_chars(zone.data() + 1, zone.data() + 5, number);
    if (number / 100 > 14 || number % 100 > 59) return {};
    return std::chrono::minutes((number / 100 * 60 + number % 100) * (zone.starts_with('-') ? -1 : 1));
}

/// strptime takes the 31st of any month.
bool isDay(const std::tm& parts) {
    using namespace std::chrono;
    return (year(parts.tm_year + 1900) / (parts.tm_mon + 1) / parts.tm_mday).ok();
}

/// The C locale's month names, as the RFC has them; this program sets no other.
bool fromRfc822(const std::string& text, base::WallTime& out) {
    std::tm parts{};
    const auto comma = text.find(", ");
    const char* rest =
        strptime(text.c_str() + (comma == text.npos ? 0 : comma + 2), "%d %b %Y %H:%M:%S", &parts);
    if (!rest || !isDay(parts)) return false;
    const std::string_view told(rest);
    const auto zone = zoneOf(told.substr(std::min(told.find_first_not_of(' '), told.size())));
    if (!zone) return false;
    out =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::from_time_t(timegm(&parts)));
    out -= *zone;
    return true;
}

}  // namespace

std::string plainText(std::string_view html) {
    return Plain(html).text();
}

std::string dayOf(const std::string& time) {
    base::WallTime at{};
    if (!fromRfc822(time, at) && !base::fromRfc3339(time, at)) return "";
    return base::toRfc3339(at).substr(0, 10);
}

}  // namespace tram::publish

#include "gateway/http/Bodies.h"

#include <algorithm>
#include <charconv>

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

constexpr std::string_view kBlanks = " \t\r\n";

/// Finds its way by quotes and braces alone; whether a piece is good JSON, whoever parses it will tell.
class Cutter {
  public:
    explicit Cutter(std::string_view text) : text_(text) {}

    bool take(std::string_view token) {
        skipBlanks();
        if (!text_.starts_with(token)) return false;
        text_.remove_prefix(token.size());
        return true;
    }
    bool atEnd() {
        skipBlanks();
        return text_.empty();
    }
    /// The object that begins here; empty when none does, or it does not end.
    std::string_view object() {
        skipBlanks();
        const auto all = text_;
        if (!all.starts_with('{')) return {};
        int depth = 0;
        do {
            text_.remove_prefix(std::min(text_.find_first_of("\"{}"), text_.size()));
            if (text_.empty()) return {};
            const char mark = text_.front();
            text_.remove_prefix(1);
            if (mark == '"' && !skipString()) return {};
            if (mark != '"') depth += mark == '{' ? 1 : -1;
        } while (depth > 0);
        return all.substr(0, all.size() - text_.size());
    }

  private:
    void skipBlanks() { text_.remove_prefix(std::min(text_.find_first_not_of(kBlanks), text_.size())); }
    /// From inside a string to behind its closing quote.
    bool skipString() {
        for (;;) {
            const auto at = text_.find_first_of("\"\\");
            if (at == std::string_view::npos) return false;
            const bool ends = text_[at] == '"';
            text_.remove_prefix(std::min(at + (ends ? 1 : 2), text_.size()));
            if (ends) return true;
        }
    }
    std::string_view text_;
};

std::optional<std::string> unescape(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+')
            plain += ' ';
        else if (text[at] != '%')
            plain += text[at];
        else {
            unsigned value = 0;
            const char* from = text.data() + at + 1;
            if (at + 2 >= text.size() || std::from_chars(from, from + 2, value, 16).ptr != from + 2)
                return std::nullopt;
            plain += static_cast<char>(value);
            at += 2;
        }
    }
    return plain;
}

bool takeNumber(std::string_view& text, std::size_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool takeText(std::string_view& text, std::string_view token) {
    if (!text.starts_with(token)) return false;
    text.remove_prefix(token.size());
    return true;
}

}  // namespace

Result<std::vector<std::string_view>> sliceActions(std::string_view body, std::size_t limit) {
    const auto malformed = [] { return base::fail(ProblemKind::Malformed); };
    Cutter cutter(body);
    if (!cutter.take("{") || !cutter.take("\"actions\"") || !cutter.take(":") || !cutter.take("["))
        return malformed();
    std::vector<std::string_view> slices;
    while (!cutter.take("]")) {
        if (!slices.empty() && !cutter.take(",")) return malformed();
        const auto slice = cutter.object();
        if (slice.empty()) return malformed();
        if (slices.size() == limit) return base::fail(ProblemKind::TooLarge);
        slices.push_back(slice);
    }
    // Nothing may follow: another member could be read as the real one by somebody else's parser.
    if (slices.empty() || !cutter.take("}") || !cutter.atEnd()) return malformed();
    return slices;
}

Result<std::map<std::string, std::string>> parseForm(std::string_view body) {
    std::map<std::string, std::string> form;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        const auto name = unescape(pair.substr(0, equals));
        const auto value =
            unescape(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
        if (!name || !value || !form.emplace(*name, *value).second) return base::fail(ProblemKind::Malformed);
    }
    return form;
}

std::string boundaryOf(std::string_view type) {
    constexpr std::string_view kName = "boundary=";
    const auto at = type.find(kName);
    if (!type.starts_with("multipart/form-data") || at == type.npos) return "";
    type.remove_prefix(at + kName.size());
    type = type.substr(0, type.find(';'));
    if (type.size() >= 2 && type.front() == '"' && type.back() == '"') type = type.substr(1, type.size() - 2);
    return std::string(type.size() <= 70 ? type : "");  // RFC 2046 §5.1.1
}

std::optional<std::string_view> formPart(std::string_view form, const std::string& boundary,
                                         const std::string& name) {
    const auto line = "\r\n--" + boundary;
    auto next = form.starts_with(line.substr(2)) ? line.size() - 2 : form.find(line);
    if (next == form.npos) return std::nullopt;
    if (!form.starts_with(line.substr(2))) next += line.size();
    for (form.remove_prefix(next); !form.starts_with("--");) {
        const auto head = form.find("\r\n\r\n");
        const auto end = head == form.npos ? head : form.find(line, head + 2);
        if (end == form.npos) return std::nullopt;
        const auto begins = std::min(head + 4, end);
        if (form.substr(0, head).find(" name=\"" + name + "\"") != form.npos)
            return form.substr(begins, end - begins);
        form.remove_prefix(end + line.size());
    }
    return std::nullopt;
}

std::optional<ContentRange> parseContentRange(std::string_view text) {
    ContentRange range;
    if (!takeText(text, "bytes ") || !takeNumber(text, range.first) || !takeText(text, "-") ||
        !takeNumber(text, range.last) || !takeText(text, "/") || !takeNumber(text, range.total) ||
        !text.empty())
        return std::nullopt;
    if (range.first > range.last || range.last >= range.total) return std::nullopt;
    return range;
}

}  // namespace tram::gateway

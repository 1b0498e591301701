#include "Http.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tram::line {

namespace {

std::string lowerCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string header(const std::string& head, const std::string& name) {
    const auto lower = lowerCase(head);
    auto at = lower.find("\r\n" + name + ":");
    if (at == std::string::npos) return "";
    at = head.find_first_not_of(' ', at + name.size() + 3);
    return head.substr(at, head.find("\r\n", at) - at);
}

std::size_t number(const std::string& text, int base = 10) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

}  // namespace

int statusOf(std::string_view answer) {
    return answer.starts_with("HTTP/1.1 ") ? static_cast<int>(number(std::string(answer.substr(9, 3)))) : 0;
}

bool HttpReader::more() {
    std::array<char, 65536> piece;
    const auto got = peer_.read(piece.data(), piece.size());
    buffer_.append(piece.data(), got);
    return got > 0;
}

std::optional<std::string> HttpReader::head() {
    auto end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!more()) return {};
        end = buffer_.find("\r\n\r\n");
    }
    return take(end + 4);
}

std::optional<std::string> HttpReader::take(std::size_t bytes) {
    while (buffer_.size() < bytes)
        if (!more()) return {};
    std::string taken = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return taken;
}

std::optional<std::string> HttpReader::chunks() {
    std::string all;
    for (;;) {
        while (buffer_.find("\r\n") == std::string::npos)
            if (!more()) return {};
        const auto line = buffer_.find("\r\n");
        const auto size = number(buffer_.substr(0, line), 16);
        const auto chunk = take(line + 2 + size + 2);
        if (!chunk) return {};
        all += *chunk;
        if (size == 0) return all;
    }
}

std::optional<Request> HttpReader::request() {
    auto head = this->head();
    if (!head) return {};
    const auto blank = head->find(' ');
    const auto target = head->substr(blank + 1, head->find(' ', blank + 1) - blank - 1);
    auto body = take(number(header(*head, "content-length")));
    if (!body) return {};
    return Request{head->substr(0, blank), target.substr(0, target.find('?')), std::move(*head),
                   std::move(*body)};
}

std::optional<std::string> HttpReader::answerTo(const Request& request) {
    auto head = this->head();
    if (!head) return {};
    const int status = statusOf(*head);
    if (request.method == "HEAD" || status == 204 || status == 304) return head;
    const bool chunked = header(*head, "transfer-encoding") == "chunked";
    const auto body = chunked ? chunks() : take(number(header(*head, "content-length")));
    if (!body) return {};
    return *head + *body;
}

}  // namespace tram::line

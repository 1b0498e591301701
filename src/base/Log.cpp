#include "base/Log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>

namespace tram::base::log {
namespace {

std::atomic<const Word*> program{nullptr};

spdlog::logger& sink() {
    static const auto logger = [] {
        auto made =
            std::make_shared<spdlog::logger>("tram", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");  // the whole line is ours
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *logger;
}

std::string_view word(Level level) {
    switch (level) {
        case Level::Info:
            return "info";
        case Level::Warning:
            return "warning";
        case Level::Error:
            return "error";
    }
    return "error";
}

/// A value stays one word of one line whatever it holds.
std::string quoted(std::string_view value) {
    const bool plain = !value.empty() && value.find_first_of(" \"=\\") == value.npos &&
                       std::ranges::none_of(value, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (plain) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += '?';
        else if (c == '"' || c == '\\')
            out.append({'\\', c});
        else
            out += c;
    }
    return out + '"';
}

std::string beginLine(Level level, Word event) {
    const Word* name = program.load();
    std::string line = toRfc3339(SystemClock().wall());
    for (const std::string_view part : {word(level), name ? name->view() : "tram", event.view()})
        line.append(" ").append(part);
    return line;
}

void add(std::string& line, std::string_view key, std::string_view value) {
    line.append(" ").append(key).append("=").append(quoted(value));
}

void emit(Level level, const std::string& line) {
    const auto at = level == Level::Info      ? spdlog::level::info
                    : level == Level::Warning ? spdlog::level::warn
                                              : spdlog::level::err;
    sink().log(at, spdlog::string_view_t(line));
}

}  // namespace

Field::Field(Word key, Name value) : key_(key), value_("?") {
    constexpr std::size_t kLongest = 64;
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const bool fits = value.text.size() <= kLongest && std::ranges::count_if(value.text, isDigit) <= 4 &&
                      std::ranges::all_of(value.text, [&](char c) {
                          return isDigit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
                      });
    if (fits) value_ = value.text;
}

Field::Field(Word key, Hex value) : key_(key), value_("?") {
    const auto size = value.text.size();
    if (size != 16 && size != 32 && size != 64) return;
    if (value.text.find_first_not_of("0123456789abcdef") == value.text.npos) value_ = value.text;
}

void setProgram(Word name) {
    static Word kept = name;
    kept = name;
    program = &kept;
}

void write(Level level, Word event, std::initializer_list<Field> fields) {
    std::string line = beginLine(level, event);
    for (const Field& field : fields) add(line, field.key(), field.value());
    emit(level, line);
}

void problem(Word event, const Problem& problem, std::initializer_list<Field> more) {
    std::string line = beginLine(Level::Error, event);
    add(line, "problem", name(problem.kind));
    for (const std::string_view key : {"line", "status", "expected", "retry_after_s"})
        if (const auto value = problem.fact(key); !value.empty()) add(line, key, value.substr(0, 120));
    for (const auto& field : more) add(line, field.key(), field.value());
    emit(Level::Error, line);
}

}  // namespace tram::base::log

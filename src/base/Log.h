#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/Clock.h"
#include "base/Problem.h"
#include "base/Uuid.h"

namespace tram::base::log {

/// Text fixed at compile time. There is no way to make one from a std::string, so that what a person
/// typed cannot end up in a log by mistake.
class Word {
  public:
    template <std::size_t N>
    consteval Word(const char (&text)[N]) : text_(text, N - 1) {}
    constexpr std::string_view view() const { return text_; }

  private:
    std::string_view text_;
};

/// What is written in hexadecimal digits: the id of a key, a hash. Nothing of another length than those have
/// (16, 32, 64) is written, so that no number of a person's or a phone's can be taken for one.
struct Hex {
    std::string_view text;
};

/// A name that an operator gave to what is published: a kind, a pack, a file of theirs without its ending, a
/// member of it. Small letters, `-`, `_`, `.` and no more than four digits (a year); anything else is not
/// written.
struct Name {
    std::string_view text;
};

/// One `key=value` of an event: numbers, durations, ids that name no person, names from our own tables.
class Field {
  public:
    template <std::integral T>
    Field(Word key, T value) : key_(key), value_(std::to_string(value)) {}
    Field(Word key, Millis value) : key_(key), value_(std::to_string(value.count()) + "ms") {}
    Field(Word key, Word value) : key_(key), value_(value.view()) {}
    Field(Word key, const Uuid& value) : key_(key), value_(value.text()) {}
    Field(Word key, Hex value);
    Field(Word key, Name value);
    Field(Word key, WallTime value) : key_(key), value_(toRfc3339(value)) {}
    Field(Word key, ProblemKind value) : key_(key), value_(name(value)) {}
    /// Enumerations with a `name()` found by argument-dependent lookup, returning string_view of a literal.
    template <class E>
        requires std::is_enum_v<E>
    Field(Word key, E value) : key_(key), value_(name(value)) {}

    std::string_view key() const { return key_.view(); }
    std::string_view value() const { return value_; }

  private:
    Word key_;
    std::string value_;
};

enum class Level { Info, Warning, Error };

/// The name of this program in every line; once, at the start of main().
void setProgram(Word name);
/// Writes one line `2026-11-21T09:41:07.250+07:00 level program event key=value …` to standard error.
void write(Level level, Word event, std::initializer_list<Field> fields = {});
inline void info(Word event, std::initializer_list<Field> fields = {}) {
    write(Level::Info, event, fields);
}
inline void warning(Word event, std::initializer_list<Field> fields = {}) {
    write(Level::Warning, event, fields);
}
inline void error(Word event, std::initializer_list<Field> fields = {}) {
    write(Level::Error, event, fields);
}
/// The problem's kind, and only those facts that cannot be personal (line, status, expected, retry_after_s).
void problem(Word event, const Problem& problem, std::initializer_list<Field> more = {});

}  // namespace tram::base::log

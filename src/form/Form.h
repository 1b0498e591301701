#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "wire/Bilingual.h"

namespace tram::form {

using wire::Bilingual;

enum class QuestionType { One, Several, Scale, Number, Text };

/// Anonymous: the answers name nobody. Signed: they carry the name of who has logged in.
enum class Identity { Anonymous, Signed };

struct Option {
    std::string id;  ///< a slug
    Bilingual text;
};

/// What must have been answered before for a question to be asked; only of earlier questions. A question that
/// is not asked itself counts as not answered.
///   {"question": Q, "is": OPTION}        chosen, or among the chosen
///   {"question": Q, "at_least": N}       of scale and number; likewise "at_most"
///   {"question": Q, "answered": false}   or true
///   {"all": [WHEN, …]}  {"any": [WHEN, …]}
struct Condition {
    enum class Test { Is, AtLeast, AtMost, Answered, NotAnswered, All, Any };
    Test test = Test::Answered;
    std::string question;  ///< not of All and Any
    std::string option;    ///< Is
    std::int64_t number = 0;
    std::vector<Condition> parts;  ///< All, Any
};

struct Question {
    std::string id;  ///< a slug
    QuestionType type = QuestionType::One;
    Bilingual text;
    Bilingual help;  ///< one line beneath it; empty for none
    bool required = false;
    std::vector<Option> options;  ///< One, Several
    /// Several: how many may be chosen (only a required one must have `least`). Scale: its ends. Number:
    /// what may be written. Text: `most` characters.
    std::int64_t least = 0, most = 0;
    Bilingual leastLabel, mostLabel;  ///< of a Scale's ends; empty for none
    Bilingual unit;                   ///< of a Number; empty for none
    bool whole = true;                ///< a Number without decimals; else it has two at most
    std::optional<Condition> when;

    const Option* option(std::string_view id) const;
};

struct Section {
    Bilingual title;  ///< may be empty
    std::vector<Question> questions;
};

/// What is wrong in a survey's JSON, as exact as who wrote it needs it.
struct Fault {
    std::string at;        ///< "sections[1].questions[0].id"; "" for the whole
    int line = 0;          ///< from 1
    std::string expected;  ///< a slug: tool.pack.expected.* words it; after a colon what that says of it
    int character = 0;     ///< of the line, from 1, where the text is no JSON
    bool operator==(const Fault&) const = default;
};

/// A survey's questions, as data: docs/CONTENT.md has the JSON. At most 60 questions in 12 sections, 40
/// options each, 64 KiB.
struct Form {
    static constexpr std::size_t kMaxBytes = 64 * 1024, kMaxSections = 12, kMaxQuestions = 60,
                                 kMaxOptions = 40, kMaxTextCharacters = 2'000;
    /// All answers together, at four bytes a character: with what stands around them they fit an envelope.
    static constexpr std::size_t kMaxAnswerBytes = 140 * 1024;
    static constexpr std::int64_t kMaxNumber = 1'000'000'000'000;

    Bilingual title, intro;
    Identity identity = Identity::Anonymous;
    bool once = false;  ///< one answer of each person, by whatever keeps it so without telling whose it is
    std::vector<Section> sections;

    const Question* question(std::string_view id) const;
    std::vector<const Question*> questions() const;  ///< of all sections, in order

    /// The first fault, as problemOf tells it; TooLarge.
    static base::Result<Form> parse(std::string_view json);
    /// All that is wrong, up to 50; nothing unless everything is right.
    static std::optional<Form> parse(std::string_view json, std::vector<Fault>& faults);
    /// What is a form inside a larger document, `at` its place there.
    static std::optional<Form> read(const nlohmann::json& value, const std::string& at,
                                    std::vector<Fault>& faults);
};

/// What strict::parseJson refused a text for.
Fault jsonFault(std::string_view json, const base::Problem& problem);
/// Malformed with facts key (the last member of `at`), at, line, expected and, where there is one, character.
base::Problem problemOf(const Fault& fault);
/// The lines of faults that have none yet.
void findLines(std::string_view json, std::vector<Fault>& faults);

/// Names a form as it stands in a pack, to the byte: SHA-256 of its text, hex.
std::string hashOf(std::string_view formJson);

}  // namespace tram::form

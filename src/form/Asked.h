#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "form/Answers.h"

namespace tram::form {

enum class Wrong {
    Missing /* required, and not answered */,
    NoSuchOption,
    TooFew,
    TooMany,
    OutOfRange,
    NotNumber /* only who types can tell: SurveyFlow */,
    NotWhole,
    TooLong
};
std::string_view name(Wrong wrong);  ///< "missing", "no_such_option", …: for keys of words

struct Issue {
    std::string question;
    Wrong wrong;
    bool operator==(const Issue&) const = default;
};

/// The questions that are asked, given what was answered so far, in order.
std::vector<const Question*> visible(const Form& form, const Answers& answers);
/// Those of one section; none: the section is passed over.
std::vector<const Question*> visible(const Form& form, const Answers& answers, std::size_t section);

/// What keeps the answers from being sent, in the questions' order; one at most for each.
std::vector<Issue> issues(const Form& form, const Answers& answers);
std::vector<Issue> issues(const Form& form, const Answers& answers, std::size_t section);

}  // namespace tram::form

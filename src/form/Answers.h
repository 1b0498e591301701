#pragma once
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "form/Form.h"

namespace tram::form {

/// One: one option. Several: options, in the form's order. Scale and Number: a number. Text: what was
/// written.
using Value = std::variant<std::vector<std::string>, double, base::SecretText>;

/// What somebody has answered so far, by question. There is no empty value: who takes an answer back has not
/// answered. It may hold what no longer fits (issues() tells) and answers to questions that are no longer
/// asked, which come back with them.
class Answers {
  public:
    const Value* find(std::string_view question) const;
    bool has(std::string_view question) const { return find(question) != nullptr; }
    bool chose(std::string_view question, std::string_view option) const;
    const double* number(std::string_view question) const;
    const std::string& text(std::string_view question) const;  ///< "" when there is none
    std::size_t size() const { return values_.size(); }

    /// An empty list, or a text of nothing, takes the answer back.
    void set(const std::string& question, Value value);
    void clear(std::string_view question);
    void clear() { values_.clear(); }
    Answers copy() const;

    /// {"q1": "yes", "q2": ["a", "b"], "q3": 4, "q4": 2.5, "q5": "…"}: only what is asked.
    base::SecretText toJson(const Form& form) const;
    /// Strictly by the form: Malformed, fact "key" the place of a question among all ("questions[7]"), for
    /// one that it has not or does not ask, or a value of another shape. What it holds may still have
    /// issues().
    static base::Result<Answers> parse(const Form& form, std::string_view json);

    static constexpr std::size_t kMaxBytes = 192 * 1024;

  private:
    std::map<std::string, Value, std::less<>> values_;
};

/// A number as people here write it: "12", "2,5", "2.5", blanks around it; no thousands' marks. Two decimals
/// at most.
std::optional<double> readNumber(std::string_view typed);
std::string numberText(double number, std::string_view lang);  ///< "2,5" in vi, "2.5" in en

}  // namespace tram::form

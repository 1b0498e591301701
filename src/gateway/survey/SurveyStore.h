#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/Uuid.h"
#include "form/Answers.h"
#include "gateway/survey/SurveyForms.h"
#include "gateway/survey/SurveyTokens.h"
#include "wire/SurveyAnswer.h"

namespace tram::gateway {

/// Answers to surveys, in reports.db: once for ever by the action's id, counted once by what makes them once
/// (a token; of a signed survey that is once, the resident). Beside an anonymous answer there stands its hour
/// and nothing else; which token was spent stands apart from it.
class SurveyStore {
  public:
    SurveyStore(SharedDatabase& reports, SurveyForms& forms, const SurveyTokens& tokens)
        : reports_(reports), forms_(forms), tokens_(tokens) {}

    /// What keeps an answer out, for people: unknown_form, person, token, answers.
    struct Wrong {
        std::string what, where;  ///< `where`: the question's place among all, or ""
    };
    base::Result<std::optional<Wrong>> judge(const wire::SurveyAnswer& answer, base::WallTime now);

    struct Arrived {
        base::Uuid id;
        const wire::SurveyAnswer& answer;  ///< judged
        std::string subject;               ///< Subjects::forSurvey; "" for nobody
        base::WallTime receivedAt;
    };
    base::Result<void> add(const std::vector<Arrived>& answers);

    struct Counts {
        std::int64_t counted = 0;
        std::int64_t repeated = 0;  ///< came again under a token, or from somebody, that had been counted
    };
    base::Result<Counts> counts(const std::string& survey);

    struct Row {
        std::string id, form, name;  ///< `name`: of a signed one
        base::WallTime at;           ///< to the hour
        base::SecretText answers;
    };
    /// Those counted, in no order that tells when they came within an hour.
    base::Result<void> each(const std::string& survey, const std::function<void(const Row&)>& take);

  private:
    SharedDatabase& reports_;
    SurveyForms& forms_;
    const SurveyTokens& tokens_;
};

}  // namespace tram::gateway

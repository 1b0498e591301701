#pragma once
#include <chrono>
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
    /// `late`: how long after a survey, or a form of it, has ended answers to it may still come.
    SurveyStore(SharedDatabase& reports, SurveyForms& forms, const SurveyTokens& tokens,
                std::chrono::days late)
        : reports_(reports), forms_(forms), tokens_(tokens), late_(late) {}

    /// What keeps an answer out, for people: unknown_form, over, former_form, person, token, answers.
    struct Wrong {
        std::string what, where;  ///< `where`: the question's place among all, or ""
    };
    /// When it was answered, as the station says; when it came, as we do. What has come was answered before.
    struct Times {
        base::WallTime answered, received;
    };
    base::Result<std::optional<Wrong>> judge(const wire::SurveyAnswer& answer, const Times& times);

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
    enum class Which { Shown /* SurveyBatches */, All };
    /// Those counted, in no order that tells when they came within an hour.
    base::Result<void> each(const std::string& survey, Which which,
                            const std::function<void(const Row&)>& take);

  private:
    base::Result<std::optional<Wrong>> tooLate(const SurveyForms::Known& known, Times times);

    SharedDatabase& reports_;
    SurveyForms& forms_;
    const SurveyTokens& tokens_;
    std::chrono::days late_;
};

}  // namespace tram::gateway

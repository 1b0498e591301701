#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "gateway/connectors/FeedbackConnector.h"
#include "gateway/demo/Demo1022Data.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// 1022 of the pretend city. It keeps only what a case needs to be told again (report id, field, ward,
/// language, time); the rest follows from a hash of the id, so that a restart changes nothing and about one
/// case in five is refused with a reason.
class Demo1022 final : public FeedbackConnector {
  public:
    struct Rules {  ///< facts/README.md, "1022"
        base::Millis forwardAfter{std::chrono::minutes(5)};
        base::Millis resultWithin{std::chrono::hours(5 * 24)};
        double speed = 1;  ///< how many times faster the waits pass; the promised date stays the rule's
    };
    static base::Result<std::unique_ptr<Demo1022>> open(const std::filesystem::path& file, Demo1022Data data,
                                                        Rules rules, const base::Clock& clock);

    base::Result<std::string> submit(const Submission& submission) override;
    base::Result<CaseStanding> standing(const std::string& externalNumber) override;
    bool anonymousAllowed() const override { return true; }
    std::string sourceName() const override { return data_.source; }

  private:
    struct Case {
        std::string reportId, field, ward, language;
        base::WallTime acceptedAt;
    };
    Demo1022(std::unique_ptr<SharedDatabase> db, Demo1022Data data, Rules rules, const base::Clock& clock)
        : db_(std::move(db)), data_(std::move(data)), rules_(rules), clock_(clock) {}
    base::Result<Case> find(const std::string& externalNumber);
    CaseStanding standingOf(const Case& known) const;
    base::WallTime after(const Case& known, base::Millis wait) const;
    const Demo1022Data::Field& fieldOf(const Case& known) const;
    std::string unitOf(const Case& known) const;
    std::string answerTo(const Case& known, bool refused) const;
    std::string fill(std::string text, const Case& known) const;

    std::unique_ptr<SharedDatabase> db_;
    Demo1022Data data_;
    Rules rules_;
    const base::Clock& clock_;
};

}  // namespace tram::gateway

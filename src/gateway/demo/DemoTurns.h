#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "gateway/connectors/TurnSource.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// The pretend city's queues, by resources/demo/turns.json: how many wait follows from the time, numbers are
/// counted in a file of its own, so that no number is given twice, whatever is started anew. One ward has
/// closed, one desk has no numbers left; a request for an appointment is answered after a while.
class DemoTurns final : public TurnSource {
  public:
    struct Rules {
        base::Millis answerAfter{std::chrono::minutes(2)};
        double speed = 1;
    };
    static base::Result<std::unique_ptr<DemoTurns>> open(const std::filesystem::path& file,
                                                         const std::filesystem::path& demoDir, Rules rules,
                                                         const base::Clock& clock);

    base::Result<std::optional<wire::TurnBoard>> board(const std::string& office) override;
    base::Result<wire::TurnAnswer> take(const TurnAsked& asked) override;
    base::Result<Now> now(const wire::TurnTicket& ticket) override;
    base::Result<std::string> request(const base::Uuid& id, const wire::AppointmentRequest& request) override;
    base::Result<AppointmentStanding> standing(const std::string& reference) override;
    base::Result<void> cancel(const std::string& reference) override;
    std::string sourceName() const override { return source_; }

  private:
    struct Desk {
        std::string id, name, letter;
        std::vector<std::string> procedures;
        int perDay = 0, minutesEach = 0;
    };
    struct Office {
        std::string name, address, hours, opens;
        bool open = false, appointments = false;
        std::vector<Desk> desks;
    };
    DemoTurns(std::unique_ptr<SharedDatabase> db, Rules rules, const base::Clock& clock)
        : db_(std::move(db)), rules_(rules), clock_(clock) {}
    void read(const std::string& plan);
    const Desk* find(const TurnAsked& asked) const;
    base::Result<int> taken(const std::string& office, const std::string& desk, const std::string& day);
    std::vector<wire::TurnDay> days() const;

    std::unique_ptr<SharedDatabase> db_;
    const Rules rules_;
    const base::Clock& clock_;
    std::string source_, refusal_;
    std::map<std::string, Office> offices_;
};

}  // namespace tram::gateway

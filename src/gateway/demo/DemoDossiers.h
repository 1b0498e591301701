#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "calendar/WorkingDays.h"
#include "gateway/connectors/DossierSource.h"

namespace tram::gateway {

/// The pretend city's dossiers: hundreds, by the short plan of resources/demo/dossiers.json. Their codes
/// stay; when things happened and what was promised follows from today, so that the demo never ages.
class DemoDossiers final : public DossierSource {
  public:
    static base::Result<std::unique_ptr<DemoDossiers>> load(const std::filesystem::path& demoDir,
                                                            const base::Clock& clock);

    base::Result<std::optional<DossierRecord>> byCode(const std::string& code) override;
    bool knowsOwners() const override { return true; }
    base::Result<std::vector<wire::DossierStatus>> ofOwner(const DossierOwner& owner) override;
    std::string sourceName() const override { return source_; }

    std::vector<std::string> codes() const;

    static constexpr std::chrono::seconds kMovesAfter{90};

  private:
    struct Procedure {
        std::string id, name;
        std::int64_t fee = 0;
    };
    /// Days are working days: `age` ago it came in, in `due` it was promised.
    struct Recipe {
        wire::DossierState state = wire::DossierState::Unknown;
        std::string said, owner, secret;
        Procedure procedure;
        int age = 0;
        std::optional<int> due;
        std::vector<std::string> papers;
        std::size_t number = 0;                     ///< what else differs from one to the next
        std::optional<wire::DossierState> becomes;  ///< kMovesAfter somebody has asked for it first
    };
    explicit DemoDossiers(const base::Clock& clock) : clock_(clock) {}
    void read(const std::string& plan);
    wire::DossierStatus made(const std::string& code, const Recipe& recipe);
    std::optional<base::WallTime> movedAt(const std::string& code, const Recipe& recipe);
    std::vector<wire::DossierEvent> eventsOf(const Recipe& recipe) const;
    std::optional<wire::DossierTask> taskOf(const std::string& code, const Recipe& recipe) const;
    std::string officeOf(wire::DossierState state, const Recipe& recipe) const;

    const base::Clock& clock_;
    std::string source_, counter_, counterWhere_, paymentQr_, silent_;
    std::vector<std::string> working_;
    std::map<std::string, Recipe> recipes_;  ///< by code
    std::mutex mutex_;
    std::map<std::string, base::WallTime> asked_;  ///< first, of those that move
};

}  // namespace tram::gateway

#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "base/Clock.h"
#include "base/Words.h"
#include "gateway/http/GatewayConfig.h"
#include "gateway/storage/Acts.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// EX_IOERR of sysexits.h: all is done, and some pictures of reports are not in it.
inline constexpr int kPicturesMissing = 74;

/// EX_TEMPFAIL of sysexits.h: another gateway holds the directory; later it may not.
inline constexpr int kTryAgain = 75;

/// --config and --data, which every subcommand takes.
struct Place {
    std::string config, data;
    void addTo(CLI::App& command);
    /// `start` is what holds where the file and the command line say nothing.
    base::Result<GatewayConfig> read(GatewayConfig start = {}) const;
    /// BadConfig when no directory is named.
    base::Result<std::filesystem::path> dataDir() const;
    /// The store there, beside a gateway that may be serving it. BadConfig when no directory is named.
    base::Result<Storage> storage() const;
};

/// The subcommands of tram-gateway. Each group of them is one file and one of the add… functions below.
class Commands {
  public:
    using Work = std::function<int()>;
    using Doing = std::function<int(Act&)>;

    Commands(CLI::App& app, const base::Clock& clock) : app_(app), clock_(clock) {}

    /// A subcommand that is only the beginning of several.
    CLI::App& group(const std::string& name, const std::string& help);
    /// `work` gives the exit code; it runs after the whole command line was read.
    CLI::App& add(const std::string& name, const std::string& help, Work work);
    CLI::App& add(CLI::App& group, const std::string& name, const std::string& help, Work work);
    /// One that leaves a line in the gateway's log. What cannot leave one is not done. `place`, which lives
    /// as long as the callbacks do, takes its options here.
    CLI::App& addAct(CLI::App& group, const std::string& name, const std::string& help, Place& place,
                     Deed deed, Doing doing);
    CLI::App& top() { return app_; }
    int run();

    const base::Clock& clock() const { return clock_; }

  private:
    CLI::App& app_;
    const base::Clock& clock_;
    Work chosen_;
};

/// EX_CONFIG: a later program made this store, or the configuration is wrong. No restart will help (systemd
/// knows).
inline constexpr int kNeedsAPerson = 78;

/// Which language failed() and papers speak: "vi" or "en".
void speak(const std::string& language);
/// Null without their share directory.
const base::Words* commandWords();
/// One line on standard error, in words, and in brackets the same for scripts and logs: "[bad_config
/// key=data_dir expected=path]"; the exit code.
int failed(const base::Problem& problem);
/// What is wrong with the command line itself; the exit code.
int failed(const CLI::ParseError& error, const CLI::App& app);

/// Keys and opened reports pass through this memory: no core file, no debugger.
void closeMemoryToOthers();

void addServe(Commands& commands);
void addKiosks(Commands& commands);
void addKeys(Commands& commands);
void addQuarantine(Commands& commands);
void addReadmit(Commands& commands);
void addStore(Commands& commands);
void addErasure(Commands& commands);
void addContent(Commands& commands);
void addAlerts(Commands& commands);
void addSurveys(Commands& commands);
void addReports(Commands& commands);
void addNotices(Commands& commands);
void addRatings(Commands& commands);
void addRatingReport(Commands& commands, CLI::App& group);  ///< within `report`
void addHandledReport(Commands& commands, CLI::App& group);
void addWardReport(Commands& commands, CLI::App& group);
void addCampaigns(Commands& commands);
void addRights(Commands& commands);
void addLogs(Commands& commands);
void addStaff(Commands& commands);

}  // namespace tram::gateway

#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/Clock.h"
#include "gateway/alerts/AlertPublisher.h"
#include "gateway/alerts/FeedReader.h"
#include "gateway/alerts/FolderSource.h"
#include "gateway/storage/RoleKeyFile.h"

namespace tram::gateway {

/// Alerts, from where they come to the document that kiosks follow. Threads once started: one for the folder
/// and for publishing, and one for each feed, so that one that does not answer holds up nobody.
class AlertDesk {
  public:
    /// `dataDir`: keys/alerts.key is read there, whenever it changes; nothing is published without it.
    AlertDesk(SharedDatabase& city, AlertConfig config, const std::filesystem::path& dataDir,
              std::set<std::string> wards, const base::Clock& clock);
    ~AlertDesk();
    AlertDesk(const AlertDesk&) = delete;
    AlertDesk& operator=(const AlertDesk&) = delete;

    void start();
    void stop();
    /// One look at the folder, and what follows from it.
    void turn();
    /// Asks every feed that is due, in turn.
    void askFeeds();
    /// Null while nothing has been published.
    std::shared_ptr<const AlertPublisher::Document> document() const { return publisher_.document(); }
    AlertStore& store() { return store_; }

    static constexpr const char* kKey = "alerts";  ///< RoleKeyFile

  private:
    struct Feed {
        FeedReader reader;
        base::Millis next{0};
        std::optional<base::ProblemKind> problem;
        FeedReader::Left left;
        std::size_t number = 0;  ///< in the configuration, from 1
        std::thread asking;
    };
    void followKey();
    void publish();
    void lookIntoFolder();
    void forget();
    bool isDue(std::optional<base::BootTime>& last, base::Millis every);
    bool take(AlertStore::Incoming incoming, const AlertSource& source);
    bool takeFile(FolderSource::Found found);
    void tellRefusal(const base::Problem& problem, const AlertSource& source);
    void askIfDue(Feed& feed);
    void ask(Feed& feed);
    void rest(base::Millis time, const std::function<void()>& turn);

    AlertStore store_;
    AlertConfig config_;
    RoleKeyFile keyFile_;
    const base::Clock& clock_;
    AlertPublisher publisher_;
    std::optional<FolderSource> folder_;
    std::vector<std::unique_ptr<Feed>> feeds_;
    RoleKeyFile::Key key_;
    std::optional<base::BootTime> forgot_, again_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::map<std::pair<std::string, base::ProblemKind>, base::Millis> told_;  ///< when, since boot
    std::thread publishing_;
};

}  // namespace tram::gateway

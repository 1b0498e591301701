#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/TrackingCode.h"
#include "base/Uuid.h"
#include "gateway/inbox/Attachments.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// How long what is kept; absent: for ever, which only a demo may (docs/OPERATING.md, "Retention").
struct Retention {
    std::optional<std::chrono::days> deliveredAttachments;  ///< since 1022 has taken the report
    std::optional<std::chrono::days> closedReports;  ///< since its last state; appointments: since their day
    std::optional<std::chrono::days> envelopes;      ///< since it came; not while its report waits for 1022
    std::optional<std::chrono::days> surveyAnswers;  ///< since they came; absent: as closed reports
    bool any() const { return deliveredAttachments || closedReports || envelopes || surveyAnswers; }
};

/// Deletion. Of an action that is forgotten there stay two hashes (Forgotten.h) and a number in a count; its
/// bytes are overwritten in the databases, and gone from their logs after scrub(). Each step may be cut off
/// anywhere and is done again.
class Erasure {
  public:
    Erasure(Storage& storage, Attachments& attachments) : storage_(storage), attachments_(attachments) {}

    struct Forgotten {
        std::string id;
        std::string externalNumber;  ///< the other side knows of it under this; "" when it never did
    };
    /// NotFound when no report has that code: never there, or forgotten before. StoreBusy while it is being
    /// opened.
    base::Result<Forgotten> forget(const base::TrackingCode& code);
    /// The same, for what has no code that we can read: quarantined and set-aside actions.
    base::Result<Forgotten> forget(const base::Uuid& id);

    struct Swept {
        /// Reports whose pictures went; reports; bytes; answers to surveys; uses of the law's rights;
        /// appointments.
        std::size_t attachments = 0, reports = 0, envelopes = 0, surveys = 0, rights = 0, appointments = 0;
        bool any() const { return attachments + reports + envelopes + surveys + rights + appointments > 0; }
    };
    /// What goes with its sealed copy once it is old: how it is found, and what is left to delete.
    struct Aging {
        const char *due, *rest;
    };
    base::Result<Swept> sweep(const Retention& rules, base::WallTime now);
    /// Ends what a crash cut off. Returns how many.
    base::Result<std::size_t> resume();
    /// No byte of what was deleted stays in reports.db or a write-ahead log. StoreBusy while a backup reads:
    /// again later.
    base::Result<void> scrub();
    /// The same, beside requests: waits for nobody, and rewrites only what a deletion owes, be it one of
    /// another process, or before a crash. Every minute.
    base::Result<void> settle();

  private:
    base::Result<void> rewriteOwed(SharedDatabase::Wait wait);
    base::Result<void> emptyLogs(SharedDatabase::Wait wait);
    base::Result<Forgotten> knownAs(const base::Uuid& id);
    base::Result<void> finish(const std::string& id);
    base::Result<void> drop(const std::vector<std::string>& ids, bool reportsToo);
    base::Result<std::size_t> sweepAttachments(base::WallTime deliveredBefore);
    base::Result<void> forgetRow(std::int64_t sequence, const std::string& id);
    base::Result<std::size_t> sweepReports(base::WallTime closedBefore);
    base::Result<std::size_t> sweepRows(const Aging& kind, base::WallTime before);
    base::Result<void> forgetRow(const char* rest, const std::string& id);
    base::Result<std::size_t> sweepEnvelopes(base::WallTime receivedBefore);
    base::Result<bool> waits(const std::string& id);

    Storage& storage_;
    Attachments& attachments_;
};

}  // namespace tram::gateway

#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cap/Alert.h"

namespace tram::cap {

/// What the public is to know: one message that nothing has replaced or called off.
struct Notice {
    Reference id;
    bool drill = false;       ///< status Exercise: shown as a drill only
    bool update = false;      ///< it replaces an earlier one
    std::vector<Info> infos;  ///< each with `effective` and `expires`; areas with `wards` and no geocodes
};

/// Every message there is, in whatever order they came. Update and Cancel end all the messages they name
/// (§3.2.1), also those that come later, and for good: what ended them may itself be ended or run out.
/// Ended messages end others all the same. Actual ones end real ones and drills, Exercise ones drills, the
/// others nothing; no message ends one that was sent after it.
class AlertBook {
  public:
    struct Rules {
        base::Millis life = std::chrono::hours(24);  ///< of what names no end, from when it holds or begins
        std::string wardCode;         ///< the valueName of geocodes that are ward codes; "" for none
        std::set<std::string> wards;  ///< the codes there are; empty: all
    };
    /// On whose word it came. Without `trusted` it ends only what the same origin and sender said. `silent`:
    /// it is not told itself (any more), and ends others all the same.
    struct Voice {
        std::string origin;
        bool trusted = true;
        bool silent = false;
    };
    explicit AlertBook(Rules rules) : rules_(std::move(rules)) {}
    /// False for one that is there: what came first counts.
    bool take(std::shared_ptr<const Alert> alert, const Voice& voice);
    bool take(Alert alert, const Voice& voice) {
        return take(std::make_shared<const Alert>(std::move(alert)), voice);
    }
    bool take(Alert alert) { return take(std::move(alert), {}); }
    /// Those for the public (Public, Actual or Exercise), nothing that has run out at `now`; what is not yet
    /// in force is among them. Most pressing first (see isBefore).
    std::vector<Notice> notices(base::WallTime now) const;
    bool isEnded(const Reference& id) const;
    /// Nothing more will be told of it: it is ended, has run out, or never was for telling (a Cancel, say).
    bool isOver(const Reference& id, base::WallTime now) const;
    /// Null for one that is not there.
    const Voice* voiceOf(const Reference& id) const;

  private:
    struct Entry {
        std::shared_ptr<const Alert> alert;
        Voice voice;
    };
    bool ends(const Entry& one, const Entry& other) const;
    bool isEnded(const Entry& entry) const;
    Notice noticeOf(const Alert& alert, base::WallTime now) const;
    Area areaOf(const Area& area) const;

    Rules rules_;
    std::map<Reference, Entry> entries_;
    struct ByName {
        bool operator()(const Reference* one, const Reference* other) const { return *one < *other; }
    };
    /// Who ends, by what it names; both stand in the messages themselves.
    std::multimap<const Reference*, const Reference*, ByName> enders_;
};

/// Real ones before drills, emergencies first, the more severe, the newer.
bool isBefore(const Notice& one, const Notice& other);

}  // namespace tram::cap

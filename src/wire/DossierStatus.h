#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "wire/Watch.h"

namespace tram::wire {

/// The ten national states of a dossier, by their published numbers (facts: dossier_status.csv). Unknown is
/// what a source says that is none of them.
enum class DossierState {
    Unknown = 0,
    Registered = 1,
    Received = 2,
    Declined = 3,
    InProgress = 4,
    PapersAsked = 5,
    PaymentAsked = 6,
    Withdrawn = 7,
    Stopped = 8,
    Finished = 9,
    HandedOver = 10,
};
std::string_view name(DossierState state);  ///< "unknown", "registered", … "handed_over"
/// Finished or handed over: the office has done its part.
bool isDone(DossierState state);
std::optional<DossierState> dossierStateFrom(std::string_view text);

/// How it was handed in; by the published numbers 1 to 3.
enum class DossierWay { Unknown = 0, Counter = 1, Online = 2, Post = 3 };

struct DossierEvent {
    DossierState state = DossierState::Unknown;
    std::string at;      ///< RFC 3339
    std::string office;  ///< who reported it; may be ""
    std::string said;    ///< Unknown: the source's own word for it, one line
};

/// What its owner has to do now. All of it in the source's words.
struct DossierTask {
    std::string by;                   ///< YYYY-MM-DD; "" if there is no last day
    std::vector<std::string> papers;  ///< to be brought or sent
    std::int64_t fee = 0;             ///< đồng; 0: none
    std::string paymentQr;  ///< exactly what the source's own QR for paying holds; "" if it has none
    std::string where;      ///< office, counter, hours
};

/// Where a dossier stands; GET /v1/dossiers/{code}. Nothing in it says whose it is.
struct DossierStatus {
    static constexpr std::size_t kLongestCode = 64;

    std::string code;           ///< normalised, as wire/DossierCode.h reads it
    std::string procedure;      ///< its name, as published
    std::string procedureCode;  ///< the national one, to find its page among the procedures; may be ""
    DossierState state = DossierState::Unknown;
    std::string said;  ///< Unknown: the source's own word
    DossierWay way = DossierWay::Unknown;
    std::string office;              ///< who has it; may be ""
    std::string received;            ///< RFC 3339; "" when not told
    std::string promised;            ///< YYYY-MM-DD; "" when no day was promised
    std::optional<int> workingDays;  ///< left until `promised` without today; below 0: late by so many
    bool workingDaysRough = false;  ///< not all holidays of those days are known: weekends alone are left out
    std::string finished;           ///< RFC 3339; "" while it is not
    std::optional<DossierTask> task;   ///< what to do now
    std::vector<DossierEvent> events;  ///< what was reported, oldest first
    /// By which channels its owner can be told of news (wire/Watch.h): POST /v1/dossiers/{code}/watch. Those
    /// that this program does not know are left out.
    std::vector<Channel> notify;
    /// Finished, asked for by who may rate it (logged in, or by the slip's secret), and not rated yet;
    /// `rate` proves that in a Rating. `rated`: the same, but it has been.
    bool rateable = false, rated = false;
    std::string rate;
    std::string source, asOf;  ///< whose word it is, and of when (RFC 3339)

    std::string toJson() const;
    /// Lenient to members it does not know. Malformed, fact detail = the member that is wrong.
    static base::Result<DossierStatus> parse(std::string_view json);
};

/// Who finished it: that event's office, else who has it. What a Rating of it is about.
std::string finishedBy(const DossierStatus& status);

/// The resident's own; GET /v1/me/dossiers. Newest first.
struct MyDossiers {
    std::vector<DossierStatus> dossiers;
    std::string source, asOf;

    std::string toJson() const;
    static base::Result<MyDossiers> parse(std::string_view json);
};

}  // namespace tram::wire

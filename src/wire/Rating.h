#pragma once
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

/// fields of an action of kind "rating.give": what somebody thinks of an office, or of the kiosk, and nothing
/// of who it was; resources/api/schemas/action.rating.give.json.
struct Rating {
    static constexpr std::string_view kKind = "rating.give";
    static constexpr std::size_t kMaxBytes = 16 * 1024, kMaxWords = 1000 /* characters */, kMostReasons = 12;
    static constexpr int kMostStars = 5;

    enum class About { Dossier, Visit, Kiosk };

    About about = About::Kiosk;
    std::string code, office;  ///< Dossier: its code, and who finished it, as its status says
    /// Dossier: DossierStatus::rate, which tells that it is finished and that whoever asked had a right to
    /// it. Visit: the ticket's VisitToken.
    base::SecretText proof;
    int stars = 0;                     ///< 1 to kMostStars
    std::vector<std::string> reasons;  ///< ids of rating::Asked
    base::SecretText words;            ///< may be empty
    std::string language = "vi";

    base::SecretText toJson() const;
    static base::Result<Rating> parse(std::string_view json);
    Rating copy() const;
};
std::string_view name(Rating::About about);  ///< "dossier", "visit", "kiosk"

/// What is told of how an office is rated; GET /v1/ratings/{office}.
struct OfficeRating {
    int tenths = 0;  ///< of a star: 43 is 4,3 of 5
    std::int64_t count = 0;
    std::string asOf;  ///< YYYY-MM-DD

    std::string toJson() const;
    static base::Result<OfficeRating> parse(std::string_view json);
};

/// fields of an action of kind "kiosk.fault": what is broken at the station that sends it;
/// resources/api/schemas/action.kiosk.fault.json.
struct KioskFault {
    static constexpr std::string_view kKind = "kiosk.fault";
    static constexpr std::size_t kMaxBytes = 8 * 1024, kMaxWords = 500;

    enum class Part { Screen, Touch, Camera, Printer, Sound, Slow, WrongInformation, Other };

    Part part = Part::Other;
    base::SecretText words;  ///< may be empty

    base::SecretText toJson() const;
    static base::Result<KioskFault> parse(std::string_view json);
};
std::string_view name(KioskFault::Part part);  ///< "screen", …, "wrong_information", "other"
inline constexpr std::size_t kFaultParts = 8;

}  // namespace tram::wire

#pragma once
#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "gateway/connectors/Resident.h"

namespace tram::gateway {

/// How an identity provider is spoken to: a file of the operator's (docs/OPERATING.md, "Connecting VNeID"),
/// because what the real one will ask for is known only once the ministry has approved it.
struct ProviderProfile {
    enum class Scan { PhoneBrowser, ProviderApp };
    enum class ClientAuth { Basic, Post, None };  ///< RFC 6749 §2.3.1
    enum class DateFormat { YearMonthDay, DayMonthYear, DayMonthYearDigits, YearMonthDayDigits };

    std::string name;    ///< as residents know it
    std::string nameEn;  ///< the same on pages in English, where it has words of its own; else `name`
    std::string issuer;  ///< exact `iss` of its ID tokens; part of our pairwise subjects: never change it
    Scan scan = Scan::PhoneBrowser;
    std::string clientId;
    base::SecretText clientSecret;
    ClientAuth clientAuth = ClientAuth::Basic;
    std::string scope;
    std::string authorizationEndpoint, tokenEndpoint, userinfoEndpoint;
    std::string deviceEndpoint;  ///< RFC 8628, for its own app
    /// Other origins that it leads a phone over, for the page's form-action.
    std::set<std::string> origins;
    std::string qrMember;        ///< of the device answer: the exact text its app scans
    std::string placeParameter;  ///< of the device request: what takes station and ward; "": none does
    bool idToken = false;        ///< whether it gives one, which is then verified
    std::string jwksUri;
    std::set<std::string> algorithms;  ///< that its ID tokens may be signed with
    std::filesystem::path caFile;      ///< "": the system's

    /// Names of userinfo's members; one that begins with "/" is a JSON pointer (RFC 6901).
    struct Claims {
        std::string subject, name, birthdate, level, type, personalNumber, phone;
    } claims;
    DateFormat birthdateFormat = DateFormat::YearMonthDay;
    std::map<std::string, int> levels;      ///< its value → 1 or 2
    std::set<std::string> foreigners;       ///< values of `type` that are no citizen
    std::map<std::string, Refusal> errors;  ///< OAuth error codes that are a person's matter
    int minimumLevel = 2, minimumAge = 14;
    /// What people may put right there ("name", "phone", "address", …: account.field.* has words for them),
    /// and where; nothing is offered where the operator has not said so.
    std::vector<std::string> updatable;
    std::string updateLink;  ///< https

    /// BadConfig with facts key and expected.
    static base::Result<ProviderProfile> load(const std::filesystem::path& file);
    static base::Result<ProviderProfile> parse(std::string_view json);

    /// Where the phone may be led when somebody agrees: CSP source list.
    std::string formTargets() const;
    std::string_view scanName() const {
        return scan == Scan::PhoneBrowser ? "phone_browser" : "provider_app";
    }
};

}  // namespace tram::gateway

#pragma once
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

/// VNeID of the pretend city: a few pretend residents, the authorization code way with PKCE and its own app's
/// way, form-encoded token calls and a userinfo document without an ID token, as VNeID-like providers have
/// it. The gateway speaks to it over HTTP like to a real one. In memory only; any thread.
class PretendVneid {
  public:
    struct Person {
        std::string id, name;
        std::string situation;  ///< level_two, level_one, not_granted, under_age, foreigner
        int age = 0;
        unsigned month = 1, day = 1;
        std::string place, serial, phone;
        bool female = false;
    };
    using Params = std::map<std::string, std::string>;
    /// `publicUrl`: where phones find the gateway, which is the only one it sends anybody back to.
    static base::Result<PretendVneid> load(const std::filesystem::path& file, const std::string& publicUrl);

    PretendVneid(PretendVneid&& other) noexcept;

    const std::vector<Person>& people() const { return people_; }

    // The browser's way.
    /// A request's id; Malformed when it is not one of our gateway's.
    base::Result<std::string> begin(const Params& query, base::WallTime now);
    /// What the gateway said when it asked.
    struct Asked {
        std::string language;
        std::string place;  ///< station and ward; of an app's request
    };
    std::optional<Asked> asked(const std::string& request, base::WallTime now);
    /// Where the phone goes back to. `person` "": declined. NotFound when the request is over.
    base::Result<std::string> decide(const std::string& request, const std::string& person,
                                     base::WallTime now);

    // Its app's way.
    struct AppCode {
        std::string deviceCode, session;
    };
    AppCode beginApp(const Params& form, base::WallTime now);
    /// What its QR holds.
    std::string appUrl(const std::string& session) const {
        return publicUrl_ + "/demo/vneid/app?request=" + session;
    }
    std::optional<Asked> askedByApp(const std::string& session, base::WallTime now);
    bool decideApp(const std::string& session, const std::string& person, base::WallTime now);

    // The gateway's calls: a status and a JSON document each.
    struct Answer {
        int status;
        std::string document;
    };
    Answer token(const Params& form, base::WallTime now);
    Answer userinfo(const std::string& bearer, base::WallTime now);

  private:
    PretendVneid(std::vector<Person> people, const std::string& publicUrl)
        : people_(std::move(people)), publicUrl_(publicUrl), redirectUri_(publicUrl + "/oidc/callback") {}
    struct Errand {
        std::string state, challenge;  ///< of a request
        std::string person;            ///< who agreed; "" for nobody yet
        bool declined = false;
        base::WallTime since;
        Asked asked = {};
    };
    using Errands = std::map<std::string, Errand>;
    const Person* find(const std::string& id) const;
    static Errand* alive(Errands& errands, const std::string& key, base::WallTime now);
    Answer tokenFor(const std::string& person, base::WallTime now);
    Answer redeemCode(const Params& form, base::WallTime now);
    Answer redeemDevice(const Params& form, base::WallTime now);
    std::string claimsOf(const Person& person, base::WallTime now) const;

    std::vector<Person> people_;
    std::string publicUrl_, redirectUri_;
    std::mutex mutex_;
    Errands requests_, codes_, tokens_, devices_;
    std::map<std::string, std::string> sessions_;  ///< of its app → device code
};

}  // namespace tram::gateway

#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "PretendKiosk.h"

namespace tram::test {

/// A resident's phone without JavaScript: keeps cookies, reads forms, follows redirects by hand.
class PretendPhone {
  public:
    using Form = std::map<std::string, std::string>;
    explicit PretendPhone(LiveCity& city, HeaderList more = {}) : city_(city), more_(std::move(more)) {}

    Reply get(const std::string& path);
    Reply post(const std::string& path, const Form& form);
    /// One picture by the form of an upload page.
    Reply sendPicture(const std::string& path, const std::string& bytes);
    /// Goes where a 303 leads for as long as it stays within the city.
    Reply follow(Reply reply);
    /// What a browser does with a page that it shows: loads its style sheets. A preview's maker does not.
    void render(const Reply& page);
    /// Reloads a page as it asks to, until it shows that or asks no more; the page that shows then.
    Reply awaits(Reply page, const std::string& text);
    /// A form's hidden field, or "".
    static std::string field(const Reply& page, const std::string& name);

    /// Opens the link, compares, agrees: the reply that leads on to the provider.
    Reply agree(const std::string& userCode);
    Reply decline(const std::string& userCode);
    /// The whole way through the pretend VNeID as one of its people ("": refuses there); where it ends.
    Reply logIn(const std::string& userCode, const std::string& person);

    std::map<std::string, std::string> cookies;

  private:
    Reply send(Ask ask);
    LiveCity& city_;
    HeaderList more_;
    std::string address_;  ///< where follow() led
};

/// The kiosk's side of a login, said by hand.
class KioskLogin {
  public:
    explicit KioskLogin(PretendKiosk& kiosk) : kiosk_(kiosk) {}
    Reply begin(const std::string& language = "");  ///< remembers what came
    /// The path of the link that its QR holds.
    std::string scanned() const;
    Reply poll();
    Reply poll(const std::string& deviceCode, PretendKiosk& as);
    Reply revoke(const std::string& token, const std::string& hint = "");
    Reply cancel() { return revoke(deviceCode, "device_code"); }
    Reply endSessions();

    std::string nonce, deviceCode, userCode;
    nlohmann::json invitation;

  private:
    Reply form(const std::string& path, PretendPhone::Form fields, PretendKiosk& as);
    PretendKiosk& kiosk_;
};

inline bool shows(const Reply& page, const std::string& text) {
    return page.body.find(text) != page.body.npos;
}

/// Begins as a JPEG, and is none.
inline std::string jpegOf(const std::string& rest) {
    return "\xFF\xD8\xFF" + rest;
}

/// What an OAuth answer says: "200", or its error, or error and reason with a blank between.
std::string verdictOf(const Reply& reply);
std::string formOf(const std::map<std::string, std::string>& fields);
/// The claims of an ID token whose signature fits the gateway's JWKS.
nlohmann::json claimsOf(LiveCity& city, const std::string& idToken);

}  // namespace tram::test

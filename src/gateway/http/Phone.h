#pragma once
#include <string>

#include "base/Secret.h"
#include "gateway/http/Router.h"

namespace tram::gateway {

/// A phone is known by a random cookie of ours until a quarter of an hour after our last page: what it began,
/// only it can finish.
struct Phone {
    std::string id;  ///< hash of the cookie; "" when it has none
};

class Phones {
  public:
    /// `overTls`: the cookie then goes over nothing else (RFC 6265bis §4.1.3, "__Host-").
    explicit Phones(bool overTls);
    /// Its cookie lives on, if it has one.
    Phone known(Exchange& exchange) const;
    /// Gives it a cookie when it has none.
    Phone welcome(Exchange& exchange) const;
    /// Proves that a form came from a page that we gave to this phone, for `about` (RFC 9700 §4.7).
    std::string csrf(const Phone& phone, std::string_view about) const;
    bool proves(const std::string& csrf, const Phone& phone, std::string_view about) const;

  private:
    void give(Exchange& exchange, const std::string& cookie) const;
    std::string name_, attributes_;
    base::SecretBytes key_;
};

}  // namespace tram::gateway

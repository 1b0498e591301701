#pragma once
#include <string>

#include "LiveCity.h"

namespace tram::test {

/// nginx believes this header's address: so one machine can be the whole internet. Nobody else's
/// configuration says so.
inline constexpr const char* kAddressHeader = "X-Test-Address";
inline const std::string kBelieveAddresses =
    std::string("set_real_ip_from 127.0.0.1;\nreal_ip_header ") + kAddressHeader + ";\n";

inline HeaderList from(const std::string& address) {
    return {{kAddressHeader, address}};
}
inline std::string fromLine(const std::string& address) {
    return std::string(kAddressHeader) + ": " + address + "\r\n";
}

}  // namespace tram::test

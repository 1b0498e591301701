#pragma once
#include <string>

#include "LiveCity.h"

namespace tram::test {

/// nginx believes this header's address: so one machine can be the whole internet. Nobody else's
/// configuration says so.
inline constexpr const char* kAddressHeader = "X-Test-Address";
inline const std::string kBelieveAddresses =
    std::string("set_real_ip_from 127.0.0.1;\nreal_ip_header ") + kAddressHeader + ";\n";

/// A city in service, not the demo: its operators' pages are for its own machine. `budgets`: members of that
/// object.
inline std::string inService(const std::string& budgets) {
    return R"({"connector":"demo-1022","retention":{"delivered_attachments_days":30,"closed_reports_days":365,)"
           R"("envelopes_days":365},"budgets":{)" +
           budgets + "}}";
}

inline HeaderList from(const std::string& address) {
    return {{kAddressHeader, address}};
}
inline std::string fromLine(const std::string& address) {
    return std::string(kAddressHeader) + ": " + address + "\r\n";
}

}  // namespace tram::test

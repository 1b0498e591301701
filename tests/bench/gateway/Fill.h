#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace tram::bench {

/// Makes a store that has lived: `live` actions with bytes and their closed reports, `forgotten` of which
/// only the hashes are left. `data` holds a gateway that is not served. By SQL, without the gateway's own
/// care for the disk.
void fill(const std::filesystem::path& data, const std::string& kiosk, std::int64_t live,
          std::int64_t forgotten);

}  // namespace tram::bench

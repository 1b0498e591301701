// kiosk.json, as somebody may have written it.
#include "Input.h"
#include "device/KioskConfig.h"

using namespace tram::device;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto config = KioskConfig::parse({reinterpret_cast<const char*>(data), size}, "kiosk.json");
    if (!config) {
        must(config.error().kind == tram::base::ProblemKind::BadConfig, "a bad config is called so");
        return 0;
    }
    must(!config->gatewayUrl.empty() && config->dataDir.is_absolute(),
         "an accepted config has what is required");
    must(config->demo || !config->controller.name.empty(), "only the demo goes without a controller");
    return 0;
}

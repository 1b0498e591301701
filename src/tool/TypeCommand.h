#pragma once

namespace CLI {
class App;
}

namespace tram::tool {

/// `tram type [--vni] [--new-style]`: keystrokes on standard input, Vietnamese on standard output.
void addTypeCommand(CLI::App& app, Tool& tool);

}  // namespace tram::tool

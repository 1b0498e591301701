#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "wire/Watch.h"

namespace tram::gateway {

/// One message to one person. `id` names it: sent twice under the same one it is to arrive once.
struct Notice {
    std::string id;
    wire::Channel channel = wire::Channel::Sms;
    base::SecretText to;
    std::string templateId;  ///< "dossier_finished": of ours; a sender may have its own for it
    std::map<std::string, std::string> facts;  ///< what stands in it: code, state, link
    std::string text;                          ///< all of it in words, for whoever sends text
    std::string language;
};

/// Whoever brings messages to phones. Calls block, come from one worker thread, and are repeated after a
/// failure. Unprocessable: this one will never go out.
class Notifier {
  public:
    virtual ~Notifier() = default;
    virtual std::vector<wire::Channel> offers() const = 0;
    virtual base::Result<void> send(const Notice& notice) = 0;
};

}  // namespace tram::gateway

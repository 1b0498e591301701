#pragma once
#include <filesystem>
#include <string>

#include "gateway/connectors/Notifier.h"
#include "gateway/source/SourceLine.h"

namespace tram::gateway {

/// A sender of messages that takes JSON by POST: an operator's file says how (docs/OPERATING.md, "Notices").
struct NotifierFile : SourceAccess {
    std::vector<wire::Channel> channels;
    std::string url;
    /// JSON with {to}, {text}, {template}, {channel}, {id}, {code}, {state}, {link} in its texts.
    std::string body;
    std::map<std::string, std::string> templates;  ///< theirs, by ours ("dossier_finished")

    /// BadConfig with facts key ("notices.body") and expected.
    static base::Result<NotifierFile> load(const std::filesystem::path& file);
    static base::Result<NotifierFile> parse(std::string_view json);
};

class HttpNotifier final : public Notifier {
  public:
    explicit HttpNotifier(NotifierFile file) : file_(std::move(file)) {}
    std::vector<wire::Channel> offers() const override { return file_.channels; }
    base::Result<void> send(const Notice& notice) override;

  private:
    const NotifierFile file_;
    SourceLine line_{file_};
};

}  // namespace tram::gateway

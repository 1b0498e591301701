#include "ui/shell/Browser.h"

#include <wx/process.h>
#include <wx/utils.h>

namespace tram::shell {

namespace {

/// Deletes itself, as wx wants it of one that answers OnTerminate. A program that is not there ends so, too:
/// wx finds out only after its fork.
class Opening final : public wxProcess {
  public:
    explicit Opening(std::function<void()> failed) : failed_(std::move(failed)) {}
    void OnTerminate(int, int status) override {
        if (status != 0) failed_();
        delete this;
    }

  private:
    std::function<void()> failed_;
};

}  // namespace

void openInBrowser(const std::string& opener, const std::string& link, std::function<void()> failed) {
    const char* const argv[] = {opener.c_str(), link.c_str(), nullptr};
    auto* opening = new Opening(failed);
    if (wxExecute(argv, wxEXEC_ASYNC, opening) != 0) return;
    delete opening;
    failed();
}

}  // namespace tram::shell

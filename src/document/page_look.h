// The style and the script of every page. Constants of our own, the only text on a page that is not escaped.
#ifndef ASSAY_DOCUMENT_PAGE_LOOK_H_
#define ASSAY_DOCUMENT_PAGE_LOOK_H_

namespace assay {

extern const char kPageStyle[];

// Shows the language that is chosen, folds the contents on narrow screens, and opens what is folded for print.
extern const char kPageScript[];

}  // namespace assay

#endif  // ASSAY_DOCUMENT_PAGE_LOOK_H_
